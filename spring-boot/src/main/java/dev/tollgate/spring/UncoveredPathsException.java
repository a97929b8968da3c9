package dev.tollgate.spring;

import java.util.List;

/** Something that the container can see runs tools without asking the gate. */
final class UncoveredPathsException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  UncoveredPathsException(List<CoveredPath> gaps) {
    super(
        "Tollgate does not cover every tool call: "
            + String.join("; ", gaps.stream().map(gap -> gap.path() + " " + gap.detail()).toList())
            + ". tollgate.strict=report accepts the gap");
  }
}
