package dev.tollgate.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which call's credential a place has, where the thread and the carried context differ. */
class CarriedCredentialTest {
  private final FakeIssuer issuer = new FakeIssuer();
  private final CallCredential mine = credential("mine");
  private final CallCredential theirs = credential("theirs");

  private CallCredential credential(String token) {
    return new CallCredential(issuer.credential(token), URI.create("https://bank.example"));
  }

  private static Context within(CallCredential credential) {
    try (Scope open = credential.open()) {
      return Context.current();
    }
  }

  @Test
  void workOfAnotherCallThatRunsOnThisThreadDoesNotGetThisCallsCredential() {
    Context other = within(theirs);
    try (Scope open = mine.open()) {
      other.wrap((Runnable) () -> assertThat(CallCredential.current()).contains(theirs)).run();
      assertThat(CallCredential.current()).contains(mine);
    }
  }

  @Test
  void workOfAnotherCallThatHasEndedGetsNone() {
    Context other = within(theirs);
    theirs.end();
    try (Scope open = mine.open()) {
      other.wrap((Runnable) () -> assertThat(CallCredential.current()).isEmpty()).run();
    }
  }

  @Test
  void aContextFromBeforeTheCallDoesNotTakeItAway() {
    Context before = Context.current();
    try (Scope open = mine.open()) {
      before.wrap((Runnable) () -> assertThat(CallCredential.current()).contains(mine)).run();
    }
    assertThat(CallCredential.current()).isEmpty();
  }

  @Test
  void aContextOfTheCallAroundDoesNotGiveAnInnerCallTheOuterOnesCredential() {
    try (Scope outer = mine.open()) {
      Context around = Context.current();
      try (Scope hidden = CallCredential.none()) {
        around
            .wrap((Runnable) () -> assertThat(CallCredential.current()).isEqualTo(Optional.empty()))
            .run();
        try (Scope inner = theirs.open()) {
          around.wrap((Runnable) () -> assertThat(CallCredential.current()).contains(theirs)).run();
        }
      }
    }
  }
}
