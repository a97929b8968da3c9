package dev.tollgate.testkit.coverage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rows as people read them: a line for each path and mode, with {@code body runs / dispatched on
 * record} for each case. Rows with and without the weaver share a line where they are alike.
 */
public final class CoverageTable {
  private static final String WHERE = "| %s | %s | %s | %s | ";

  private CoverageTable() {}

  /** The table of one line of a framework. */
  public static List<String> of(List<CoverageRow> rows) {
    List<String> table = new ArrayList<>();
    table.add(WHERE.formatted("path", "mode", "layer", "weaver") + cases() + " |");
    table.add("|---".repeat(4 + CoverageCase.values().length) + "|");
    Map<String, List<CoverageRow>> byPath =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.path() + "|" + row.mode(), LinkedHashMap::new, Collectors.toList()));
    byPath.values().forEach(path -> table.addAll(linesOf(path)));
    return table;
  }

  /**
   * What is not the same on another line of the framework.
   *
   * @param table the table of the one it is compared with
   */
  public static List<String> beside(List<String> table, List<CoverageRow> rows) {
    List<String> made = of(rows);
    Set<String> missing = new LinkedHashSet<>();
    for (String line : table) {
      if (!made.contains(line)) {
        missing.add(line.substring(2).replaceFirst(" \\|.*", ""));
      }
    }
    List<String> other = made.stream().filter(line -> !table.contains(line)).toList();
    String line = rows.isEmpty() ? "?" : rows.get(0).line();
    List<String> beside = new ArrayList<>();
    beside.add(
        "- **"
            + line
            + "**: "
            + rows.size()
            + " rows"
            + (missing.isEmpty() ? "" : ", without " + String.join(", ", missing)));
    other.forEach(row -> beside.add("  - otherwise: `" + row.replace("|", "·") + "`"));
    return beside;
  }

  private static List<String> linesOf(List<CoverageRow> path) {
    CoverageRow any = path.get(0);
    Map<String, List<String>> weaver = new LinkedHashMap<>();
    for (boolean woven : new boolean[] {false, true}) {
      List<CoverageRow> rows = path.stream().filter(row -> row.woven() == woven).toList();
      if (!rows.isEmpty()) {
        weaver
            .computeIfAbsent(cells(rows), cells -> new ArrayList<>())
            .add(woven ? "with" : "without");
      }
    }
    List<String> lines = new ArrayList<>();
    weaver.forEach(
        (cells, when) ->
            lines.add(
                WHERE.formatted(any.path(), any.mode(), any.layer(), String.join(" and ", when))
                    + cells
                    + " |"));
    return lines;
  }

  private static String cases() {
    return java.util.Arrays.stream(CoverageCase.values())
        .map(CoverageCase::toString)
        .collect(Collectors.joining(" | "));
  }

  private static String cells(List<CoverageRow> rows) {
    List<String> cells = new ArrayList<>();
    for (CoverageCase given : CoverageCase.values()) {
      cells.add(
          rows.stream()
              .filter(row -> row.given().equals(given.toString()))
              .map(row -> row.bodyRuns() + "/" + row.audited() + (row.ok() ? "" : " ✘"))
              .collect(Collectors.joining(" ")));
    }
    return String.join(" | ", cells);
  }
}
