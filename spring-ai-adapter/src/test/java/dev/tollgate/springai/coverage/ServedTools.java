package dev.tollgate.springai.coverage;

import org.springframework.ai.tool.annotation.Tool;

/** What a server serves that knows tools as chat clients do. */
public final class ServedTools {
  static final String CALLBACK = "served";
  static final String ANNOTATED = "annotated";
  static final String ADDED = "added";
  static final String ADDED_CALLBACK = "added_callback";
  static final String ADDED_GUARDED = "added_guarded";
  private final Stage stage;

  ServedTools(Stage stage) {
    this.stage = stage;
  }

  @Tool(name = CALLBACK, description = "Does it")
  public String served(String what) {
    return stage.current().body();
  }
}
