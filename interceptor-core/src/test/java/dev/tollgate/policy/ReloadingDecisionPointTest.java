package dev.tollgate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.fixture.Clock;
import dev.tollgate.reason.ReasonCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Looks are made by hand here: the thread would make the first one after an hour. */
class ReloadingDecisionPointTest {
  private static final ReloadSettings HOURLY =
      new ReloadSettings(Duration.ofHours(1), Duration.ofHours(3));
  private final Clock clock = new Clock();
  private final Shelf shelf = new Shelf();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private @Nullable ReloadingDecisionPoint policies;

  /** Policies that a test lays there. */
  private static final class Shelf implements PolicyOrigin {
    volatile PolicyDecisionPoint there = Asked.permitting("r1");
    volatile List<PolicyVersion.Rule> rules = List.of();
    volatile boolean whole = true;
    volatile @Nullable Instant ends;
    volatile @Nullable Error broken;

    void lay(PolicyDecisionPoint next, PolicyVersion.Rule... holds) {
      there = next;
      rules = List.of(holds);
    }

    @Override
    public Found look() {
      PolicyDecisionPoint found = there;
      PolicyVersion version = new PolicyVersion(found, rules, ends);
      if (found.revision().isEmpty()) {
        throw new IllegalStateException("a.cedar:1: does not parse");
      }
      return new Found() {
        @Override
        public String digest() {
          return found.revision();
        }

        @Override
        public boolean whole() {
          return whole;
        }

        @Override
        public PolicyVersion load(@Nullable PolicyVersion before) {
          if (broken != null) {
            throw broken;
          }
          return version;
        }
      };
    }
  }

  private ReloadingDecisionPoint start(ReloadSettings settings) {
    ReloadingDecisionPoint made = ReloadingDecisionPoint.start(shelf, settings, clock);
    made.listen(
        new PolicyListener() {
          @Override
          public void reloaded(Change change) {
            told.add(change.toString());
          }

          @Override
          public void reloadFailed(String problem) {
            told.add(problem);
            throw new IllegalStateException("a listener that fails");
          }

          @Override
          public void cacheLost(String tool) {}
        });
    policies = made;
    return made;
  }

  @AfterEach
  void close() {
    if (policies != null) {
      policies.close();
    }
  }

  @Test
  void whatChangedIsInForceAfterTheNextLook() {
    ReloadingDecisionPoint made = start(HOURLY);
    shelf.lay(Asked.forbidding("r2"));
    assertThat(Asked.denied(made)).isNull();
    made.look();
    assertThat(Asked.denied(made)).isEqualTo(ReasonCode.POLICY_FORBIDDEN);
    assertThat(made.revision()).isEqualTo("r2");
  }

  @Test
  void theDifferenceIsToldByIdAndText() {
    PolicyVersion.Rule kept = new PolicyVersion.Rule("kept", true, "forbid a");
    PolicyVersion.Rule gone = new PolicyVersion.Rule("gone", true, "forbid b");
    PolicyVersion.Rule soft = new PolicyVersion.Rule("soft", true, "forbid c");
    PolicyVersion.Rule open = new PolicyVersion.Rule("open", false, "permit d");
    shelf.lay(Asked.permitting("r1"), kept, gone, soft, open);
    ReloadingDecisionPoint made = start(HOURLY);
    shelf.lay(
        Asked.permitting("r2"),
        kept,
        new PolicyVersion.Rule("soft", true, "forbid c when false"),
        new PolicyVersion.Rule("gone", false, "permit b"),
        open,
        new PolicyVersion.Rule("wide", false, "permit all"));
    made.look();
    made.look();
    assertThat(told)
        .containsExactly(
            new PolicyListener.Change(
                    "r1", "r2", 5, List.of("gone", "soft"), List.of("gone", "wide"))
                .toString());
  }

  @Test
  void whatDoesNotLoadLeavesTheLastGoodOneInForce() {
    ReloadingDecisionPoint made = start(HOURLY);
    shelf.lay(Asked.permitting(""));
    made.look();
    assertThat(Asked.denied(made)).isNull();
    shelf.lay(Asked.permitting("r2"));
    shelf.broken = new StackOverflowError();
    made.look();
    assertThat(made.revision()).isEqualTo("r1");
    assertThat(told).containsExactly("a.cedar:1: does not parse", "StackOverflowError");
    shelf.broken = null;
    made.look();
    assertThat(made.revision()).isEqualTo("r2");
  }

  @Test
  void theLastGoodOneMayBecomeTooOldAndThenEverythingIsDenied() {
    ReloadingDecisionPoint made = start(HOURLY);
    clock.pass(Duration.ofHours(1));
    made.look(); // unchanged and readable is good
    shelf.lay(Asked.permitting(""));
    clock.pass(Duration.ofHours(3));
    made.look();
    assertThat(Asked.denied(made)).isNull();
    String before = made.revision();
    clock.pass(Duration.ofNanos(1));
    assertThat(Asked.denied(made)).isEqualTo(ReasonCode.POLICY_STALE);
    assertThat(made.revision()).isNotEqualTo(before); // so what was admitted does not run
    assertThat(Asked.decide(made).basis().revision()).isEqualTo(made.revision());
    shelf.lay(Asked.permitting("r1"));
    made.look();
    assertThat(Asked.denied(made)).isNull();
    assertThat(made.revision()).isEqualTo(before);
  }

  @Test
  void whatMayBeHalfWrittenIsLoadedWhenItWasFoundTwice() {
    ReloadingDecisionPoint made = start(HOURLY);
    shelf.whole = false;
    shelf.lay(Asked.permitting("half"));
    made.look();
    assertThat(made.revision()).isEqualTo("r1");
    shelf.lay(Asked.permitting("r2"));
    made.look();
    assertThat(made.revision()).isEqualTo("r1");
    made.look();
    assertThat(made.revision()).isEqualTo("r2");
  }

  @Test
  void whoAsksForALookLearnsWhatCameOfIt() {
    ReloadingDecisionPoint made = start(ReloadSettings.NEVER);
    assertThat(made.reload()).isEqualTo(PolicyReload.UNCHANGED);
    shelf.whole = false;
    shelf.lay(Asked.permitting("r2"));
    assertThat(made.reload()).isEqualTo(PolicyReload.UNSETTLED);
    assertThat(made.reload()).isEqualTo(PolicyReload.LOADED);
    shelf.lay(Asked.permitting(""));
    assertThat(new CeilingDecisionPoint(Asked.permitting("c"), made).reload())
        .isEqualTo(PolicyReload.FAILED);
    shelf.lay(Asked.permitting("r2"));
    assertThat(new ShadowedDecisionPoint(made, Asked.permitting("s")).reload())
        .isEqualTo(PolicyReload.UNCHANGED);
    assertThat(new RaisedEffects(Asked.permitting("r1")).reload())
        .isEqualTo(PolicyReload.UNSUPPORTED);
    assertThat(made.revision()).isEqualTo("r2");
  }

  @Test
  void whatNeverSettlesBecomesTooOld() {
    ReloadingDecisionPoint made = start(HOURLY);
    shelf.whole = false;
    for (int i = 0; i < 4; i++) {
      clock.pass(Duration.ofHours(1));
      shelf.lay(Asked.permitting("flip" + i));
      made.look();
    }
    assertThat(Asked.denied(made)).isEqualTo(ReasonCode.POLICY_STALE);
  }

  @Test
  void aVersionEndsByEitherClockAlsoIfNobodyLooks() {
    shelf.ends = clock.now().plusSeconds(60);
    ReloadingDecisionPoint made = start(ReloadSettings.NEVER);
    clock.pass(Duration.ofSeconds(59));
    assertThat(Asked.denied(made)).isNull();
    clock.wall = clock.wall.minusSeconds(3600); // set back
    clock.pass(Duration.ofSeconds(1));
    assertThat(Asked.denied(made)).isEqualTo(ReasonCode.POLICY_STALE);
  }

  @Test
  void whatDoesNotLoadAtTheStartStopsIt() {
    shelf.lay(Asked.permitting(""));
    assertThatThrownBy(() -> start(HOURLY)).hasMessage("a.cedar:1: does not parse");
  }

  @Test
  void anAgeThatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> new ReloadSettings(Duration.ofHours(1), Duration.ofHours(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ReloadSettings(Duration.ofMillis(999), Duration.ofHours(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ReloadSettings(null, Duration.ofHours(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(ReloadSettings.usualAge(Duration.ofSeconds(30))).isEqualTo(Duration.ofHours(1));
    assertThat(ReloadSettings.usualAge(Duration.ofHours(1))).isEqualTo(Duration.ofHours(3));
  }

  @Test
  void nobodyEverSeesTwoVersionsInOneAnswer() throws Exception {
    ReloadingDecisionPoint made = start(HOURLY);
    List<PolicyRequest> three = List.of(Asked.REQUEST, Asked.REQUEST, Asked.REQUEST);
    List<List<String>> mixed = new CopyOnWriteArrayList<>();
    List<Thread> deciding = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Thread thread =
          new Thread(
              () -> {
                while (!made.revision().equals("r200")) {
                  List<String> seen =
                      made.decide(three).stream()
                          .map(one -> one.basis().revision() + one.outcome())
                          .distinct()
                          .toList();
                  boolean even = seen.get(0).matches("r\\d*[02468]permit");
                  boolean odd = seen.get(0).matches("r\\d*[13579]deny");
                  if (seen.size() != 1 || !(even || odd)) {
                    mixed.add(seen);
                  }
                }
              });
      deciding.add(thread);
    }
    shelf.lay(Asked.permitting("r0"));
    made.look();
    deciding.forEach(Thread::start);
    for (int i = 1; i <= 200; i++) {
      shelf.lay(i % 2 == 0 ? Asked.permitting("r" + i) : Asked.forbidding("r" + i));
      made.look();
    }
    for (Thread thread : deciding) {
      thread.join(60_000);
      assertThat(thread.isAlive()).isFalse();
    }
    assertThat(mixed).isEmpty();
    assertThat(told).hasSize(201);
  }

  @Test
  void afterItWasClosedNothingIsLoaded() {
    ReloadingDecisionPoint made = start(HOURLY);
    made.close();
    shelf.lay(Asked.permitting("r2"));
    made.look();
    assertThat(made.revision()).isEqualTo("r1");
  }
}
