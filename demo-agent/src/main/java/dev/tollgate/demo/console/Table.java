package dev.tollgate.demo.console;

import java.util.ArrayList;
import java.util.List;

/** Aligned lines. Everything a model may have chosen is made safe for a terminal here. */
public final class Table {
  private static final int WIDEST = 46;
  private final List<List<String>> lines = new ArrayList<>();

  public Table line(Object... cells) {
    List<String> line = new ArrayList<>();
    for (Object cell : cells) {
      line.add(safe(String.valueOf(cell)));
    }
    lines.add(line);
    return this;
  }

  public String render(String indent) {
    int columns = lines.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    lines.forEach(
        line -> {
          for (int i = 0; i < line.size(); i++) {
            widths[i] = Math.max(widths[i], line.get(i).length());
          }
        });
    StringBuilder out = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder(indent);
      for (int i = 0; i < line.size(); i++) {
        String cell = line.get(i);
        text.append(cell).append(" ".repeat(widths[i] - cell.length() + 2));
      }
      out.append(text.toString().stripTrailing()).append('\n');
    }
    return out.toString();
  }

  /** Control characters and bidirectional marks cannot forge a line. */
  static String safe(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .limit(WIDEST)
        .forEach(
            c -> {
              int type = Character.getType(c);
              boolean hidden =
                  type == Character.CONTROL
                      || type == Character.FORMAT
                      || type == Character.LINE_SEPARATOR
                      || type == Character.PARAGRAPH_SEPARATOR
                      || type == Character.SURROGATE;
              out.appendCodePoint(hidden ? '\ufffd' : c);
            });
    return text.codePointCount(0, text.length()) > WIDEST ? out + "…" : out.toString();
  }
}
