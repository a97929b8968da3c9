package dev.tollgate.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tollgate.credential.CredentialException;
import dev.tollgate.credential.CredentialIssuer;
import dev.tollgate.credential.CredentialRequest;
import dev.tollgate.credential.IssuedCredential;
import dev.tollgate.secret.Secret;
import dev.tollgate.secret.SecretAccess;
import dev.tollgate.tool.CredentialNeed;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link CredentialIssuer} must do, asked of the server that it works with. */
public abstract class CredentialIssuerContract {
  /** How far the clocks of issuer and server may be apart. */
  private static final Duration SKEW = Duration.ofSeconds(6);

  /** The issuer under test; the same one for one test. */
  protected abstract CredentialIssuer issuer();

  /** A request that the server fulfils: for one audience, and one scope or more. */
  protected abstract CredentialRequest request();

  /** One that it refuses, such as for a scope that nobody has. */
  protected abstract CredentialRequest refused();

  /**
   * Asks the server whether a token is good.
   *
   * @return empty where nobody can be asked
   */
  protected Optional<Boolean> alive(Secret token) throws Exception {
    return Optional.empty();
  }

  private static String text(Secret token) {
    return token.reveal(SecretAccess.granted(), text -> text);
  }

  private void lives(IssuedCredential issued) throws Exception {
    assertThat(alive(issued.token())).isNotEqualTo(Optional.of(false));
  }

  private void ended(IssuedCredential issued) throws Exception {
    assertThat(alive(issued.token())).isNotEqualTo(Optional.of(true));
  }

  /** Revokes it, unless it says that nobody can; then it must not be reported as ended. */
  private void revoke(IssuedCredential issued) throws Exception {
    if (issued.revocable()) {
      issuer().revoke(issued.token());
      ended(issued);
    } else {
      says(failure(() -> issuer().revoke(issued.token())));
    }
  }

  private static CredentialException failure(Threads.Task task) {
    return Objects.requireNonNull(
        catchThrowableOfType(CredentialException.class, task::run), "it did not fail");
  }

  private static void says(CredentialException failure) {
    assertThat(failure.reason().name()).startsWith("CREDENTIAL_");
    assertThat(failure.getMessage()).isNotBlank();
  }

  private static void keepsToItself(Throwable failure, @Nullable Secret secret) {
    StringWriter all = new StringWriter();
    failure.printStackTrace(new PrintWriter(all));
    if (secret != null) {
      assertThat(PlainSight.in(all.toString(), text(secret))).isFalse();
    }
  }

  private static CredentialRequest asking(
      CredentialRequest like, String audience, Set<String> scopes, Duration lifetime) {
    return new CredentialRequest(
        like.callId(),
        like.caller(),
        like.agent(),
        new CredentialNeed(audience, scopes, like.need().origin(), lifetime));
  }

  private static void noWiderThan(CredentialNeed need, IssuedCredential issued) {
    Instant now = Instant.now();
    assertThat(issued.audience()).isEqualTo(need.audience());
    assertThat(need.scopes()).containsAll(issued.scopes());
    assertThat(issued.expiresAt())
        .isAfter(now)
        .isBeforeOrEqualTo(now.plus(need.lifetime()).plus(SKEW));
  }

  @Test
  void itGivesNoMoreThanWasAskedFor() throws Exception {
    CredentialRequest request = request();
    IssuedCredential issued = issuer().issue(request);
    noWiderThan(request.need(), issued);
    lives(issued);
    Secret own = request.caller().subjectToken();
    if (own != null) {
      assertThat(text(issued.token())).as("not the caller's own").isNotEqualTo(text(own));
    }
    revoke(issued);
  }

  @Test
  void whoAsksForLessGetsNoMoreOrNothing() throws Exception {
    CredentialRequest plain = request();
    CredentialNeed need = plain.need();
    for (CredentialRequest less :
        List.of(
            asking(plain, need.audience(), need.scopes(), Duration.ofSeconds(1)),
            asking(plain, need.audience(), need.scopes(), need.lifetime().dividedBy(2)),
            asking(plain, need.audience(), Set.of(), need.lifetime()),
            asking(plain, need.audience() + "-other", need.scopes(), need.lifetime()))) {
      try {
        IssuedCredential issued = issuer().issue(less);
        noWiderThan(less.need(), issued);
        revoke(issued);
      } catch (CredentialException e) {
        says(e);
        keepsToItself(e, less.caller().subjectToken());
      }
    }
  }

  @Test
  void whatIsRefusedFailsWithAReasonAndWithoutSecrets() {
    CredentialRequest refused = refused();
    CredentialException failure = failure(() -> issuer().issue(refused));
    says(failure);
    keepsToItself(failure, refused.caller().subjectToken());
  }

  @Test
  void revokingEndsItAndCanBeRepeated() throws Exception {
    IssuedCredential other = issuer().issue(request());
    IssuedCredential issued = issuer().issue(request());
    for (int i = 0; i < 3; i++) {
      revoke(issued);
    }
    lives(other);
    Threads.together(4, () -> revoke(other));
  }

  @Test
  void revokingWhatIsNoTokenEndsInNothingWorseThanARefusal() throws Exception {
    IssuedCredential issued = issuer().issue(request());
    for (String garbage :
        List.of(
            "x",
            " ",
            "made.up.token",
            "eyJhbGciOiJub25lIn0.e30.",
            text(issued.token()) + "x",
            "a\r\nX-Injected: 1",
            "\"'\\\u0000\u001b[2K\u202e\u00e9\ud83d\ude00&token=b%",
            "x".repeat(100_000))) {
      try {
        issuer().revoke(Secret.of(garbage));
      } catch (CredentialException e) {
        says(e);
        assertThat(garbage.length() < 8 || !String.valueOf(e.getMessage()).contains(garbage))
            .isTrue();
      }
    }
    lives(issued);
    revoke(issued);
    Secret wiped = Secret.of("wiped");
    wiped.wipe();
    says(failure(() -> issuer().revoke(wiped)));
  }

  @Test
  void severalAtOnceGetEachTheirOwn() throws Exception {
    Queue<IssuedCredential> issued = new ConcurrentLinkedQueue<>();
    Threads.together(8, () -> issued.add(issuer().issue(request())));
    assertThat(issued).extracting(one -> text(one.token())).hasSize(8).doesNotHaveDuplicates();
    assertThat(issued).extracting(IssuedCredential::reference).doesNotHaveDuplicates();
    for (IssuedCredential one : issued) {
      lives(one);
    }
    Queue<IssuedCredential> left = new ConcurrentLinkedQueue<>(issued);
    Threads.together(8, () -> revoke(left.remove()));
  }

  @Test
  void anInterruptedThreadCanRevoke() throws Exception {
    IssuedCredential issued = issuer().issue(request());
    Thread.currentThread().interrupt();
    try {
      revoke(issued);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    ended(issued);
  }

  @Test
  void itsNameStaysAndIsOneWord() throws Exception {
    String name = issuer().name();
    assertThat(name).matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    revoke(issuer().issue(request()));
    assertThat(issuer().name()).isEqualTo(name);
  }

  @Test
  void noTextFormShowsTheToken() throws Exception {
    CredentialRequest request = request();
    IssuedCredential issued = issuer().issue(request);
    List<Secret> secrets = new ArrayList<>(List.of(issued.token()));
    Secret own = request.caller().subjectToken();
    if (own != null) {
      secrets.add(own);
    }
    for (Secret secret : secrets) {
      assertThat(
              List.of(
                  issued.toString(), issued.reference(), issuer().toString(), request.toString()))
          .noneMatch(shown -> shown.contains(text(secret)));
    }
    assertThat(issued.reference()).isNotBlank().doesNotContainPattern("\\p{Cntrl}");
    revoke(issued);
  }
}
