package dev.tollgate.demo.office;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the token server says about a token that is active.
 *
 * @param jti the token's id, if it has one
 * @param actor who acts for the subject; null if nobody is named
 */
record TokenFacts(
    Set<String> audiences, Set<String> scopes, @Nullable String jti, @Nullable String actor) {}
