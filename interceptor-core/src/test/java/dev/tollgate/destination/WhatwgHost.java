package dev.tollgate.destination;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/** Node's URL parser, the WHATWG standard as it runs in millions of places. */
final class WhatwgHost {
  /** Stands for a URL that it does not take. */
  static final String REFUSED = "!";

  private WhatwgHost() {}

  /** The host, with a port that is not the scheme's own, of each URL. */
  static List<String> of(Collection<String> urls) throws IOException, InterruptedException {
    String script =
        "const t=require('fs').readFileSync(0,'utf8').split('\\n');t.pop();let o='';"
            + "for(const u of t){try{o+=new URL(JSON.parse(u)).host}catch{o+='!'}o+='\\n'}"
            + "process.stdout.write(o)";
    Process node = new ProcessBuilder("node", "-e", script).redirectErrorStream(true).start();
    List<String> lines = new ArrayList<>();
    Thread reading =
        new Thread(
            () -> {
              try (BufferedReader out =
                  new BufferedReader(
                      new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8))) {
                out.lines().forEach(lines::add);
              } catch (IOException e) {
                lines.add(e.toString());
              }
            });
    reading.start();
    try (OutputStream in = node.getOutputStream()) {
      StringBuilder text = new StringBuilder();
      urls.forEach(url -> text.append(quoted(url)).append('\n'));
      in.write(text.toString().getBytes(StandardCharsets.US_ASCII));
    }
    reading.join();
    if (node.waitFor() != 0 || lines.size() != urls.size()) {
      throw new IOException("node: " + lines);
    }
    return lines;
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    HexFormat hex = HexFormat.of();
    text.chars().forEach(c -> json.append("\\u").append(hex.toHexDigits((char) c)));
    return json.append('"').toString();
  }
}
