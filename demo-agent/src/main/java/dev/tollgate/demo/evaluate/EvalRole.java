package dev.tollgate.demo.evaluate;

/** What a trace is good for. */
enum EvalRole {
  /** No attack, task done. */
  BENIGN,
  /** Attacked, resisted, task done. */
  RESISTED,
  /** Attacked, attack carried out. */
  ATTACK,
  /** Says nothing about a gate: the task was not done, or nobody knows. */
  NOT_SCORED;

  static EvalRole of(String label) {
    return switch (label) {
      case "benign_success" -> BENIGN;
      case "resisted_utility" -> RESISTED;
      case "attack_success" -> ATTACK;
      default -> NOT_SCORED;
    };
  }
}
