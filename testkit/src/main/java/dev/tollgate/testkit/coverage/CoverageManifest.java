package dev.tollgate.testkit.coverage;

import dev.tollgate.tool.ToolManifest;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tools that each need a credential, so that a body that has none was not called by the gate. */
public final class CoverageManifest {
  private CoverageManifest() {}

  /** For a place where nobody is. */
  public static ToolManifest of(String... tools) {
    return of(
        Stream.of(tools).collect(Collectors.toMap(tool -> tool, tool -> "https://here.example")));
  }

  /**
   * @param tools the tools' names, and for each the origin that the credential may be sent to
   */
  public static ToolManifest of(Map<String, String> tools) {
    StringBuilder yaml = new StringBuilder("version: tollgate/manifest/v1\ntools:\n");
    tools.forEach(
        (name, origin) ->
            yaml.append("  - {name: ")
                .append(name)
                .append(", effect: write, credential: {audience: here, scopes: [act], origin: \"")
                .append(origin)
                .append("\"}}\n"));
    return ToolManifest.parse(yaml.toString(), "tokens");
  }
}
