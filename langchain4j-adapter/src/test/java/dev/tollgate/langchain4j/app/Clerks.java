package dev.tollgate.langchain4j.app;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.service.V;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Agents without a model. */
public class Clerks {
  public final List<String> ran = new CopyOnWriteArrayList<>();

  /** Files what was written. */
  public class Filing {
    @Agent(name = "filing", description = "Files a draft", outputKey = "filed")
    public String file(@V("draft") String draft) {
      ran.add("file " + draft);
      return "filed " + draft;
    }
  }

  /** Stamps it. */
  public class Stamping {
    @Agent(outputKey = "stamped")
    public String stamp(@V("draft") String draft) {
      ran.add("stamp " + draft);
      return "stamped " + draft;
    }
  }
}
