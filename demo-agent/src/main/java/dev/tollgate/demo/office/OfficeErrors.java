package dev.tollgate.demo.office;

import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Answers bad requests with a short JSON problem instead of an error page. */
@RestControllerAdvice(basePackageClasses = OfficeErrors.class)
class OfficeErrors extends ResponseEntityExceptionHandler {}
