package dev.tollgate.cedar;

import org.jspecify.annotations.Nullable;

/**
 * Whether one condition of a policy held for a question.
 *
 * @param policy the policy's id
 * @param number which of its conditions, from 1
 * @param holds whether its {@code when} or {@code unless} was met; {@code null} if it failed, as
 *     one does whose guard stands in an earlier condition
 */
public record ConditionTruth(String policy, int number, @Nullable Boolean holds) {}
