package dev.tollgate.testkit;

import static dev.tollgate.testkit.Approvals.QUESTION;
import static dev.tollgate.testkit.Approvals.TASK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.approval.ApprovalRequest;
import dev.tollgate.approval.ApprovalState;
import dev.tollgate.approval.ApprovalStore;
import dev.tollgate.approval.CallBinding;
import dev.tollgate.state.StateException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every {@link ApprovalStore} must do. */
public abstract class ApprovalStoreContract {
  /** How many approvals the store under test lets one subject have waiting. */
  protected static final int SLOTS = 3;

  /** How much longer than its task an approval may be kept, for clocks that are a little behind. */
  protected static final Duration GRACE = Duration.ofMinutes(2);

  private static final String ODD =
      "\"'\\\b\f\t\r\n\u0000\u001b[2K\u007f\u009b\u202e\u2066\u2028\ufeff\u00e9e\u0301\u4e16\ud83d"
          + "\ude00\uffff ${x} %s {}</script>|";
  private static final String LONG_TENANT = "A-c.m_e" + "0".repeat(57);

  /** The store under test, with {@link #SLOTS} slots; the same one until {@link #another}. */
  protected abstract ApprovalStore store();

  /** Another instance over what is kept, such as after a restart; the first is not used again. */
  protected abstract ApprovalStore another();

  /** The store's wall clock. */
  protected abstract Instant now();

  /** Lets this much time pass for the store and for {@link #now}, or waits. */
  protected abstract void pass(Duration time);

  /** All that somebody sees who reads the store's memory, files or tables; empty if nobody can. */
  protected Collection<String> raw() {
    return List.of();
  }

  private Approvals approvals() {
    return new Approvals(now());
  }

  private ApprovalRequest waiting(String tenant, String subject) {
    return approvals().waiting(approvals().call(tenant, subject));
  }

  private ApprovalRequest added(ApprovalRequest request) {
    assertThat(store().add(request)).isTrue();
    return request;
  }

  private ApprovalRequest added() {
    return added(waiting("acme", "alice"));
  }

  private ApprovalStore.Stored found(ApprovalRequest request) {
    return store().find(request.call().tenant(), request.id()).orElseThrow();
  }

  private boolean replaced(ApprovalStore.Stored stored, ApprovalState state) {
    return store().replace(stored, Approvals.in(state, stored.request(), "bob", now()));
  }

  private void goesOn(ApprovalRequest request, ApprovalState state) {
    assertThat(replaced(found(request), state)).isTrue();
  }

  /** Whether it is kept; one that came too late is refused either way. */
  private boolean kept(ApprovalRequest request) {
    try {
      return store().add(request);
    } catch (StateException e) {
      return false;
    }
  }

  private List<ApprovalRequest> all(String tenant) {
    return store().all(tenant).stream().map(ApprovalStore.Stored::request).toList();
  }

  private void holds(ApprovalRequest request) {
    CallBinding call = request.call();
    assertThat(found(request).request()).isEqualTo(request);
    assertThat(store().findSame(call).orElseThrow().request()).isEqualTo(request);
    assertThat(all(call.tenant())).contains(request);
  }

  @Test
  void whatIsAddedIsFoundAsItWas() {
    ApprovalRequest one = added();
    ApprovalRequest two = added();
    ApprovalRequest elsewhere = added(waiting("globex", "alice"));
    holds(one);
    holds(two);
    assertThat(all("acme")).containsExactlyInAnyOrder(one, two);
    assertThat(all("globex")).containsExactly(elsewhere);
  }

  @Test
  void anotherTenantFindsNothing() {
    ApprovalRequest one = added();
    for (String tenant : List.of("globex", "acm", "acmee", "ACME", "acme.")) {
      assertThat(store().find(tenant, one.id())).as(tenant).isEmpty();
      assertThat(store().all(tenant)).as(tenant).isEmpty();
    }
  }

  @Test
  void anIdThatWasMadeUpIsNotFoundWhateverItLooksLike() {
    ApprovalRequest one = added();
    List<String> ids = List.of("", "*", "%", "../" + one.id(), one.id() + "\u0000", "x' or '1'='1");
    for (String id : ids) {
      assertThat(store().find("acme", id)).as(id).isEmpty();
    }
    assertThat(store().find("acme", ODD + "x".repeat(10_000))).isEmpty();
    assertThat(store().find("acme", UUID.randomUUID().toString())).isEmpty();
  }

  @Test
  void aCallThatDiffersInAnythingButThePoliciesIsAnother() {
    ApprovalRequest one = added();
    for (CallBinding other : Approvals.others(one.call())) {
      assertThat(store().findSame(other)).as(other.toString()).isEmpty();
    }
    CallBinding later = Approvals.under("revision-2", one.call());
    assertThat(store().findSame(later).orElseThrow().request()).isEqualTo(one);
  }

  @Test
  void theNewestForTheSameCallIsFound() {
    ApprovalRequest used = added();
    goesOn(used, ApprovalState.APPROVED);
    goesOn(used, ApprovalState.USED);
    ApprovalRequest second = added(approvals().waiting(used.call()));
    holds(second);
    goesOn(second, ApprovalState.REVOKED);
    ApprovalRequest third =
        added(approvals().waiting(Approvals.under("revision-2", second.call())));
    assertThat(store().findSame(used.call()).orElseThrow().request()).isEqualTo(third);
    holds(third);
    pass(QUESTION);
    ApprovalRequest fourth = added(approvals().waiting(third.call()));
    holds(fourth);
    assertThat(found(used).request().state()).isEqualTo(ApprovalState.USED);
    assertThat(all("acme")).hasSize(4);
  }

  @Test
  void anIdIsAddedOnce() {
    ApprovalRequest one = added();
    assertThat(kept(one)).isFalse();
    goesOn(one, ApprovalState.REJECTED);
    assertThat(kept(one)).isFalse();
    assertThat(all("acme")).extracting(ApprovalRequest::state).containsOnly(ApprovalState.REJECTED);
  }

  @Test
  void ofManyForTheSameCallAtOnceOneIsKept() throws Exception {
    for (int round = 0; round < 20; round++) {
      String tenant = "acme-" + round;
      CallBinding call = approvals().call(tenant, "alice");
      AtomicInteger kept = new AtomicInteger();
      Threads.together(SLOTS, () -> kept.addAndGet(kept(approvals().waiting(call)) ? 1 : 0));
      assertThat(kept).hasValue(1);
      assertThat(all(tenant)).hasSize(1);
      holds(all(tenant).get(0));
    }
  }

  @Test
  void whatHasChangedSinceItWasReadIsNotReplaced() {
    ApprovalRequest one = added();
    ApprovalStore.Stored before = found(one);
    assertThat(replaced(before, ApprovalState.REJECTED)).isTrue();
    assertThat(replaced(before, ApprovalState.APPROVED)).isFalse();
    assertThat(replaced(before, ApprovalState.REJECTED)).isFalse();
    holds(Approvals.in(ApprovalState.REJECTED, one, "bob", now()));
    ApprovalStore.Stored same = store().findSame(one.call()).orElseThrow();
    assertThat(replaced(same, ApprovalState.REVOKED)).isTrue();
    ApprovalStore.Stored listed = store().all("acme").get(0);
    assertThat(replaced(listed, ApprovalState.REVOKED)).isTrue();
    assertThat(replaced(same, ApprovalState.APPROVED)).isFalse();
  }

  @Test
  void whatOneWasReadAsReplacesNoOther() {
    ApprovalRequest one = added();
    ApprovalRequest two = added();
    ApprovalRequest foreign = added(waiting("globex", "alice"));
    for (ApprovalRequest other : List.of(two, foreign, waiting("acme", "alice"))) {
      ApprovalRequest next = Approvals.in(ApprovalState.APPROVED, other, "bob", now());
      assertThat(store().replace(found(one), next)).isFalse();
    }
    assertThat(all("acme")).containsExactlyInAnyOrder(one, two);
    assertThat(all("globex")).containsExactly(foreign);
  }

  @Test
  void ofAHundredThreadsOneReplaces() throws Exception {
    ApprovalRequest one = added();
    AtomicInteger won = new AtomicInteger();
    for (ApprovalState state : List.of(ApprovalState.APPROVED, ApprovalState.USED)) {
      ApprovalStore.Stored read = found(one);
      Threads.together(100, () -> won.addAndGet(replaced(read, state) ? 1 : 0));
      assertThat(found(one).request().state()).isEqualTo(state);
    }
    assertThat(won).hasValue(2);
  }

  @Test
  void aSubjectHasSoManyWaitingAndNoMore() {
    for (int i = 0; i < SLOTS; i++) {
      added();
    }
    ApprovalRequest tooMany = waiting("acme", "alice");
    assertThat(store().add(tooMany)).isFalse();
    assertThat(store().find("acme", tooMany.id())).isEmpty();
    assertThat(store().findSame(tooMany.call())).isEmpty();
    assertThat(all("acme")).hasSize(SLOTS);
    added(waiting("acme", "carol"));
    added(waiting("acme", ""));
    added(waiting("globex", "alice"));
    assertThat(store().add(tooMany)).isFalse();
  }

  @Test
  void eachAnswerMakesRoomForOneMore() {
    List<ApprovalState> answers =
        List.of(ApprovalState.APPROVED, ApprovalState.REJECTED, ApprovalState.REVOKED);
    List<ApprovalRequest> waiting = new ArrayList<>();
    for (int i = 0; i < SLOTS; i++) {
      waiting.add(added());
    }
    for (int i = 0; i < SLOTS; i++) {
      goesOn(waiting.get(i), answers.get(i % answers.size()));
      added();
      assertThat(store().add(waiting("acme", "alice"))).isFalse();
    }
    goesOn(waiting.get(0), ApprovalState.USED); // its room was given away when it was answered
    assertThat(store().add(waiting("acme", "alice"))).isFalse();
  }

  @Test
  void aQuestionThatHasEndedMakesRoomToo() {
    for (int i = 0; i < SLOTS; i++) {
      added();
    }
    pass(QUESTION);
    for (int i = 0; i < SLOTS; i++) {
      added();
    }
    assertThat(store().add(waiting("acme", "alice"))).isFalse();
  }

  @Test
  void aHundredThreadsDoNotPassTheLimit() throws Exception {
    AtomicInteger kept = new AtomicInteger();
    Threads.together(100, () -> kept.addAndGet(store().add(waiting("acme", "alice")) ? 1 : 0));
    assertThat(kept).hasValue(SLOTS);
    assertThat(all("acme")).hasSize(SLOTS);
  }

  @Test
  void itIsKeptUntilItsTaskEndsAndNotLonger() {
    ApprovalRequest unanswered = added();
    ApprovalRequest answered = added();
    pass(QUESTION.minusSeconds(1));
    goesOn(answered, ApprovalState.REJECTED);
    Instant at = now();
    pass(TASK.minus(QUESTION)); // one second before its end
    holds(unanswered);
    holds(Approvals.in(ApprovalState.REJECTED, answered, "bob", at));
    ApprovalStore.Stored last = found(answered);
    pass(GRACE.plusSeconds(1));
    for (ApprovalRequest gone : List.of(unanswered, answered)) {
      assertThat(store().find("acme", gone.id())).isEmpty();
      assertThat(store().findSame(gone.call())).isEmpty();
    }
    assertThat(all("acme")).isEmpty();
    assertThat(replaced(last, ApprovalState.APPROVED)).isFalse();
    assertThat(all("acme")).isEmpty();
  }

  @Test
  void aQuestionThatHasEndedBeforeItIsKeptIsNotAsked() {
    ApprovalRequest late = waiting("acme", "alice");
    pass(QUESTION);
    assertThat(kept(late)).isFalse();
    assertThat(all("acme")).isEmpty();
    for (int i = 0; i < SLOTS; i++) {
      added();
    }
  }

  @Test
  void textsComeBackAsTheyWereWhateverTheyHold() {
    CallBinding call = approvals().call(LONG_TENANT, "alice", ODD);
    ApprovalRequest one = added(approvals().waiting(call, "{\"a\":\"" + ODD + "\"}", ODD));
    holds(one);
    assertThat(
            store()
                .replace(found(one), Approvals.in(ApprovalState.APPROVED, one, "bob" + ODD, now())))
        .isTrue();
    holds(Approvals.in(ApprovalState.APPROVED, one, "bob" + ODD, now()));
    assertThat(all(LONG_TENANT)).hasSize(1);
  }

  @Test
  void argumentsOf256KiBComeBack() {
    for (String filling : List.of("x", "\\\"", "\u202e", "\ud83d\ude00")) {
      String body = filling.repeat(256 * 1024 / filling.length() - 8);
      CallBinding call = approvals().call("acme", "alice-" + filling.length());
      ApprovalRequest one = approvals().waiting(call, "{\"a\":\"" + body + "\"}", "");
      assertThat(kept(one)).isTrue();
      assertThat(found(one).request().arguments()).isEqualTo(one.arguments());
      goesOn(one, ApprovalState.APPROVED);
    }
  }

  @Test
  void anotherInstanceGoesOnWhereTheFirstStopped() {
    ApprovalRequest one = added();
    ApprovalRequest two = added();
    goesOn(two, ApprovalState.REJECTED);
    ApprovalRequest rejected = Approvals.in(ApprovalState.REJECTED, two, "bob", now());
    ApprovalStore.Stored read = found(one);
    ApprovalStore another = another();
    assertThat(another.find("acme", one.id()).orElseThrow().request()).isEqualTo(one);
    assertThat(another.findSame(two.call()).orElseThrow().request()).isEqualTo(rejected);
    assertThat(another.all("acme"))
        .extracting(ApprovalStore.Stored::request)
        .containsExactlyInAnyOrder(one, rejected);
    for (int i = 1; i < SLOTS; i++) {
      assertThat(another.add(waiting("acme", "alice"))).isTrue();
    }
    assertThat(another.add(waiting("acme", "alice"))).isFalse();
    ApprovalRequest next = Approvals.in(ApprovalState.APPROVED, one, "bob", now());
    assertThat(another.replace(read, next)).isTrue();
    assertThat(another.replace(read, next)).isFalse();
    assertThat(another.add(waiting("acme", "alice"))).isTrue();
  }

  @Test
  void nobodyReadsInTheStoreWhatACallIsAbout() {
    String secret = "Xylophon-" + UUID.randomUUID();
    CallBinding call = approvals().call("acme", secret, secret);
    ApprovalRequest one = added(approvals().waiting(call, "{\"a\":\"" + secret + "\"}", secret));
    assertThat(raw()).noneMatch(seen -> PlainSight.in(seen, secret));
    assertThat(
            store().replace(found(one), Approvals.in(ApprovalState.APPROVED, one, secret, now())))
        .isTrue();
    assertThat(raw()).noneMatch(seen -> PlainSight.in(seen, secret));
  }

  @Test
  void anInterruptedThreadCanAddAndReplace() {
    ApprovalRequest one = waiting("acme", "alice");
    Thread.currentThread().interrupt();
    try {
      added(one);
      goesOn(one, ApprovalState.REJECTED);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(found(one).request().state()).isEqualTo(ApprovalState.REJECTED);
  }
}
