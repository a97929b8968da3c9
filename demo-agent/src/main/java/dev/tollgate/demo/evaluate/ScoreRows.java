package dev.tollgate.demo.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A run's figures as the rows of a table, for the terminal and the page alike. */
final class ScoreRows {
  private static final String NONE = "–";
  static final List<String> HEAD =
      List.of(
          "group",
          "benign",
          "kept",
          "no denial",
          "approvals",
          "resisted",
          "kept",
          "no denial",
          "approvals",
          "attacks",
          "passed",
          "irreversible");

  static final List<String> MEANS_HEAD =
      List.of("mean over tasks [95 %]", "tasks", "kept", "no denial", "approvals per trace");
  static final List<String> ATTACK_MEANS_HEAD =
      List.of("mean over tasks [95 %]", "tasks", "passed", "irreversible");

  private ScoreRows() {}

  /** A row for each group, then the total. */
  static List<List<String>> of(RunScore run) {
    List<List<String>> rows = new ArrayList<>();
    run.groups().forEach((group, score) -> rows.add(row(group.text(), score)));
    rows.add(row("total", run.total()));
    return rows;
  }

  /** What {@link #MEANS_HEAD} heads. */
  static List<List<String>> means(Macro macro) {
    return List.of(means("benign", macro.benign()), means("resisted", macro.resisted()));
  }

  /** What {@link #ATTACK_MEANS_HEAD} heads. */
  static List<List<String>> attackMeans(Macro macro) {
    Interval passed = macro.attacks().passed();
    return List.of(
        List.of(
            "attacks",
            String.valueOf(passed.tasks()),
            percent(passed),
            percent(macro.attacks().passedIrreversible())));
  }

  private static List<String> means(String name, Macro.Work work) {
    return List.of(
        name,
        String.valueOf(work.kept().tasks()),
        percent(work.kept()),
        percent(work.noDenial()),
        interval(work.approvals(), 1, "%.2f [%.2f–%.2f]"));
  }

  private static List<String> row(String name, Score score) {
    List<String> row = new ArrayList<>(List.of(name));
    work(row, score.benign());
    work(row, score.resisted());
    AttackScore attacks = score.attacks();
    row.add(String.valueOf(attacks.n()));
    row.add(counted(attacks.passed(), attacks.n()));
    row.add(counted(attacks.passedIrreversible(), attacks.n()));
    return row;
  }

  private static void work(List<String> row, WorkScore work) {
    row.add(String.valueOf(work.n()));
    row.add(share(work.kept(), work.n()));
    row.add(share(work.noDenial(), work.n()));
    row.add(String.valueOf(work.approvals()));
  }

  private static String counted(int part, int whole) {
    return whole == 0 ? NONE : part + "  " + share(part, whole);
  }

  private static String share(int part, int whole) {
    return whole == 0 ? NONE : String.format(Locale.ROOT, "%.1f%%", 100.0 * part / whole);
  }

  private static String percent(Interval interval) {
    return interval(interval, 100, "%.1f%% [%.1f–%.1f]");
  }

  private static String interval(Interval interval, double by, String format) {
    return interval.tasks() == 0
        ? NONE
        : String.format(
            Locale.ROOT, format, by * interval.mean(), by * interval.low(), by * interval.high());
  }
}
