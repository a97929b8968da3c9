package dev.tollgate.spring.webflux;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.spring.test.AutoConfigureTollgateTest;
import dev.tollgate.spring.test.TollgateRecords;
import dev.tollgate.spring.test.Turns;
import dev.tollgate.task.Task;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/**
 * Streams of several users at once, over real HTTP on WebFlux: every tool runs for the user whose
 * request it is, on whatever thread, with context propagation and without.
 */
class TwoUsersTest {
  private static final int ROUNDS = 10;

  @Nested
  @DirtiesContext
  @SpringBootTest(
      classes = Office.class,
      webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
      properties = {
        "spring.main.web-application-type=reactive",
        "spring.reactor.context-propagation=auto",
        "tollgate.tenant=acme",
        "tollgate.subject=batch"
      })
  @AutoConfigureTollgateTest
  class Propagated extends Streams {}

  @Nested
  @DirtiesContext // LangChain4j has one gate in a process
  @SpringBootTest(
      classes = Office.class,
      webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
      properties = {
        "spring.main.web-application-type=reactive",
        "spring.reactor.context-propagation=limited",
        "tollgate.tenant=acme",
        "tollgate.subject=batch"
      })
  @AutoConfigureTollgateTest
  class Limited extends Streams {}

  abstract static class Streams {
    @Autowired TollgateRecords tollgate;
    @Autowired Meeting meeting;

    @Value("${local.server.port}")
    int port;

    @BeforeEach
    void everyCallIsPermitted() {
      tollgate.permitAll();
      meeting.together(2);
    }

    @Test
    void each_tool_runs_for_the_user_whose_stream_it_is() {
      for (int round = 0; round < ROUNDS; round++) {
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (String user : List.of("alice", "bob")) {
          answers.add(ask(user, "whoami please, says " + user));
        }
        assertThat(answers.get(0).join()).contains("alice: whoami please, says alice");
        assertThat(answers.get(1).join()).contains("bob: whoami please, says bob");
      }
      assertThat(tollgate.calls()).hasSize(2 * ROUNDS).allMatch(call -> call.ran());
    }

    @Test
    void nobody_works_on_the_configured_callers_behalf() {
      meeting.together(1);
      assertThat(ask(null, "whoami please").join()).contains("tenant_missing");
      assertThat(tollgate).denied("whoami").because("tenant_missing");
      assertThat(tollgate).ranNothing();
    }

    private CompletableFuture<String> ask(@Nullable String user, String text) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(
              URI.create("http://localhost:" + port + "/chat?text=" + text.replace(" ", "%20")));
      if (user != null) {
        request.header(
            "Authorization",
            "Basic "
                + Base64.getEncoder()
                    .encodeToString((user + ":password").getBytes(StandardCharsets.UTF_8)));
      }
      return HttpClient.newHttpClient()
          .sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
          .thenApply(HttpResponse::body);
    }
  }

  /** Makes the tools of both requests run at the same time. */
  static final class Meeting {
    private volatile CyclicBarrier barrier = new CyclicBarrier(1);

    void together(int parties) {
      barrier = new CyclicBarrier(parties);
    }

    void meet() {
      try {
        barrier.await(20, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @EnableWebFluxSecurity
  @Import(Chats.class)
  static class Office {
    @Bean
    ChatModel model() {
      return new Turns();
    }

    @Bean
    Meeting meeting() {
      return new Meeting();
    }

    @Bean
    MapReactiveUserDetailsService users() {
      return new MapReactiveUserDetailsService(
          User.withUsername("alice").password("{noop}password").authorities("user").build(),
          User.withUsername("bob").password("{noop}password").authorities("user").build());
    }

    @Bean
    SecurityWebFilterChain security(ServerHttpSecurity http) {
      return http.authorizeExchange(all -> all.anyExchange().permitAll())
          .httpBasic(Customizer.withDefaults())
          .build();
    }
  }

  @RestController
  static class Chats {
    private final ChatClient chat;
    private final Meeting meeting;

    Chats(ChatClient.Builder chat, Meeting meeting) {
      this.chat = chat.build();
      this.meeting = meeting;
    }

    @GetMapping("/chat")
    Flux<String> chat(String text) {
      return chat.prompt().user(text).tools(new WhoAmI(meeting)).stream().content();
    }
  }

  record WhoAmI(Meeting meeting) {
    @Tool(description = "Says for whom it runs.")
    String whoami() {
      meeting.meet();
      Task task = requireNonNull(Task.current());
      return requireNonNull(task.caller()).subject() + ": " + task.intent().text();
    }
  }
}
