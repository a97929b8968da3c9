package dev.tollgate.delegation;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is handed over. What the giver does not have itself is left out: a delegation only narrows.
 *
 * @param to the one agent it is for
 * @param tools the tools it may call, by name
 * @param scopes the scopes that credentials of its calls may have
 * @param calls how many calls, with those of everybody it hands work on to
 * @param amounts how much of each amount that the manifest names, in ten-thousandths; an amount
 *     that is missing may not be spent
 * @param depth how often it may be handed on, 0 to 5
 * @param lifetime how long it holds, at most an hour
 */
public record Grant(
    String to,
    Set<String> tools,
    Set<String> scopes,
    long calls,
    Map<String, Long> amounts,
    int depth,
    Duration lifetime) {
  /** The most hops a delegation can have. */
  public static final int DEEPEST = 5;

  /** Ten-thousandths in one. */
  public static final long UNIT = 10_000;

  private static final Duration LONGEST = Duration.ofHours(1);

  public Grant {
    tools = Set.copyOf(tools);
    scopes = Set.copyOf(scopes);
    amounts = Map.copyOf(amounts);
    if (to.isBlank()) {
      throw new IllegalArgumentException("a delegation needs a receiver");
    }
    if (calls < 0 || amounts.values().stream().anyMatch(amount -> amount < 0)) {
      throw new IllegalArgumentException("a budget is 0 or more");
    }
    if (depth < 0 || depth > DEEPEST) {
      throw new IllegalArgumentException("a depth is 0 to " + DEEPEST + ", not " + depth);
    }
    if (lifetime.isNegative() || lifetime.isZero() || lifetime.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "a delegation lives above 0 and at most an hour, not " + lifetime);
    }
  }

  /** Hands nothing over yet: no tool, no scope, 20 calls, no amount, no hop, five minutes. */
  public static Grant to(String agent) {
    return new Grant(agent, Set.of(), Set.of(), 20, Map.of(), 0, Duration.ofMinutes(5));
  }

  public Grant tools(String... names) {
    return new Grant(to, Set.copyOf(List.of(names)), scopes, calls, amounts, depth, lifetime);
  }

  public Grant scopes(String... names) {
    return new Grant(to, tools, Set.copyOf(List.of(names)), calls, amounts, depth, lifetime);
  }

  public Grant calls(long most) {
    return new Grant(to, tools, scopes, most, amounts, depth, lifetime);
  }

  /** So much of an amount, in whole units. */
  public Grant amount(String name, long most) {
    Map<String, Long> more = new HashMap<>(amounts);
    more.put(name, Math.multiplyExact(most, UNIT));
    return new Grant(to, tools, scopes, calls, more, depth, lifetime);
  }

  public Grant depth(int hops) {
    return new Grant(to, tools, scopes, calls, amounts, hops, lifetime);
  }

  public Grant lifetime(Duration time) {
    return new Grant(to, tools, scopes, calls, amounts, depth, time);
  }
}
