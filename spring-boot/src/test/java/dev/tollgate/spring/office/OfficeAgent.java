package dev.tollgate.spring.office;

import dev.langchain4j.service.Result;
import dev.langchain4j.service.spring.AiService;

@AiService
public interface OfficeAgent {
  Result<String> chat(String message);
}
