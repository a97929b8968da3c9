package dev.tollgate.oauth;

import dev.tollgate.json.JsonValue;
import dev.tollgate.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * What the token endpoint gave, unchecked.
 *
 * @param token the access token
 * @param refreshToken nobody asked for one
 * @param members the answer without its tokens' fields being touched again
 */
record TokenResponse(Secret token, @Nullable Secret refreshToken, JsonValue.Members members) {

  /** The tokens stay out of it, and so does everything else the server wrote. */
  @Override
  public String toString() {
    return "TokenResponse";
  }
}
