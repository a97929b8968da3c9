package dev.tollgate.delegation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.task.Task;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever an agent wants to hand on, what it hands on is no wider than what it has. */
class NarrowingPropertyTest {
  private static final List<String> NAMES = List.of("read", "pay", "wire", "send", "delete");
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  private Set<String> some() {
    Set<String> names = new HashSet<>(NAMES);
    names.removeIf(name -> random.nextBoolean());
    return names;
  }

  private Grant any(String to, int depth) {
    Map<String, Long> amounts = new HashMap<>();
    some().forEach(name -> amounts.put(name, random.nextLong(0, 100)));
    long calls = random.nextInt(10) == 0 ? Long.MAX_VALUE : random.nextLong(0, 100);
    Duration life = Duration.ofSeconds(random.nextInt(1, 3601));
    return new Grant(to, some(), some(), calls, amounts, depth, life);
  }

  private void narrower(Grant parent, Grant child) {
    assertThat(parent.tools()).as("seed %d", seed).containsAll(child.tools());
    assertThat(parent.scopes()).as("seed %d", seed).containsAll(child.scopes());
    assertThat(child.calls()).as("seed %d", seed).isLessThanOrEqualTo(parent.calls());
    assertThat(child.depth()).as("seed %d", seed).isLessThan(parent.depth());
    assertThat(parent.amounts().keySet()).as("seed %d", seed).containsAll(child.amounts().keySet());
    child
        .amounts()
        .forEach(
            (name, most) ->
                assertThat(most)
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(parent.amounts().getOrDefault(name, -1L)));
  }

  @Test
  void whatIsLeftOfAGrantIsNoWiderAndNothingIsTakenWithoutNeed() {
    for (int i = 0; i < 20_000; i++) {
      Grant parent = any("clerk", random.nextInt(1, 6));
      Grant wanted = any("teller", random.nextInt(0, 6));
      Grant met = Narrowing.meet(parent, wanted);
      narrower(parent, met);
      // And it is the most that both allow.
      assertThat(met.calls())
          .as("seed %d", seed)
          .isEqualTo(Math.min(parent.calls(), wanted.calls()));
      for (String name : NAMES) {
        assertThat(met.tools().contains(name))
            .as("seed %d", seed)
            .isEqualTo(parent.tools().contains(name) && wanted.tools().contains(name));
      }
    }
  }

  @Test
  void everyHopOfWhatIsAcceptedIsNoWiderThanTheOneBefore() {
    for (int run = 0; run < 15; run++) {
      Office office = new Office();
      Task task = office.task();
      int hops = random.nextInt(2, 5);
      for (int i = 0; i < hops; i++) {
        office.clock.pass(Duration.ofMillis(random.nextInt(5)));
        Grant wanted = any("agent-" + i, random.nextInt(hops - i, 6));
        Grant longer = wanted.lifetime(Duration.ofMinutes(random.nextInt(1, 61)));
        task = office.hand(task, longer);
      }
      List<VerifiedDelegation.Hop> chain = Office.verified(task).hops();
      assertThat(chain).as("seed %d", seed).hasSize(hops);
      for (int i = 1; i < hops; i++) {
        narrower(chain.get(i - 1).grant(), chain.get(i).grant());
        assertThat(chain.get(i).expiresAt())
            .as("seed %d", seed)
            .isBeforeOrEqualTo(chain.get(i - 1).expiresAt());
      }
    }
  }
}
