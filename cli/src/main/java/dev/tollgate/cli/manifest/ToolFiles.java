package dev.tollgate.cli.manifest;

import dev.tollgate.tool.McpToolList;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolListException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The lists of registered tools that a command is given. */
final class ToolFiles {
  @Option(
      names = "--tools",
      required = true,
      paramLabel = "FILE",
      description =
          "A list of tools as MCP's tools/list answers it, or as toolList(…) of an adapter writes"
              + " it; may be given more than once.")
  private List<Path> files = List.of();

  @Option(
      names = "--source",
      defaultValue = "mcp",
      description = "The source of tools that name none; default: ${DEFAULT-VALUE}.")
  private String source = "mcp";

  List<ToolDefinition> read() throws IOException {
    List<ToolDefinition> tools = new ArrayList<>();
    for (Path file : files) {
      try {
        tools.addAll(McpToolList.read(Files.readString(file), source));
      } catch (ToolListException e) {
        throw new IOException(file + ": " + e.getMessage(), e);
      }
    }
    return tools;
  }
}
