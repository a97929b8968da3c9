package dev.tollgate.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.junit.jupiter.api.Test;

class AmbientTest {
  private final Ambient<String> ambient = new Ambient<>("test");

  @Test
  void a_context_from_further_out_does_not_take_the_value_away() {
    Context before = Context.current();
    try (Scope wide = ambient.open("wide")) {
      Context inWide = Context.current();
      try (Scope narrow = ambient.open("narrow")) {
        assertThat(ambient.current()).isEqualTo("narrow");
        try (Scope bridged = inWide.makeCurrent()) {
          assertThat(ambient.current()).isEqualTo("narrow");
        }
        try (Scope bridged = before.makeCurrent()) {
          assertThat(ambient.current()).isEqualTo("narrow");
        }
      }
      assertThat(ambient.current()).isEqualTo("wide");
    }
    assertThat(ambient.current()).isNull();
  }

  @Test
  void what_is_opened_under_an_older_context_ends_with_its_scope_too() {
    try (Scope wide = ambient.open("wide")) {
      Context inWide = Context.current();
      try (Scope narrow = ambient.open("narrow");
          Scope bridged = inWide.makeCurrent()) {
        try (Scope narrower = ambient.open("narrower");
            Scope again = inWide.makeCurrent()) {
          assertThat(ambient.current()).isEqualTo("narrower");
        }
        assertThat(ambient.current()).isEqualTo("narrow");
      }
    }
  }

  @Test
  void work_of_others_on_this_thread_has_their_value() {
    Context others = ambient.in(Context.root(), "others");
    try (Scope mine = ambient.open("mine");
        Scope helping = others.makeCurrent()) {
      assertThat(ambient.current()).isEqualTo("others");
    }
  }

  @Test
  void another_thread_has_what_its_context_carries_and_nothing_else() throws Exception {
    String[] seen = new String[2];
    try (Scope mine = ambient.open("mine")) {
      Thread bare = new Thread(() -> seen[0] = String.valueOf(ambient.current()));
      Thread wrapped =
          new Thread(
              Context.current()
                  .wrap(
                      () -> {
                        seen[1] = String.valueOf(ambient.current());
                      }));
      bare.start();
      wrapped.start();
      bare.join();
      wrapped.join();
    }
    assertThat(seen).containsExactly("null", "mine");
  }

  @Test
  void a_scope_that_another_thread_closes_gives_that_thread_nothing() throws Exception {
    String[] seen = new String[1];
    try (Scope outer = ambient.open("outer")) {
      Scope mine = ambient.open("mine");
      Thread other =
          new Thread(
              () -> {
                mine.close();
                seen[0] = String.valueOf(ambient.current());
              });
      other.start();
      other.join();
      assertThat(seen[0]).isEqualTo("null");
      mine.close();
      mine.close();
      assertThat(ambient.current()).isEqualTo("outer");
    }
    assertThat(ambient.current()).isNull();
  }
}
