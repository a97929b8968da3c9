package dev.tollgate.langchain4j;

import static dev.tollgate.langchain4j.ScriptedModel.asks;
import static dev.tollgate.langchain4j.ScriptedModel.call;
import static dev.tollgate.langchain4j.Waiting.ALICE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.service.TokenStream;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.delegation.DelegationException;
import dev.tollgate.delegation.Grant;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.task.Task;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent hands work to a nested one, which has what it was handed and no more. */
@Timeout(30)
class DelegationTest {
  private static final String SEND = "{\"to\":\"bob\",\"text\":\"x\"}";
  private static final AgentIdentity WORKER = AgentIdentity.of("worker");
  private final Office office = new Office();

  /** The outer agent's tool, which runs something as the worker. */
  private static final class Planner {
    private final Function<String, Task> accepting;
    private final Function<Scope, String> work;

    Planner(Function<String, Task> accepting, Function<Scope, String> work) {
      this.accepting = accepting;
      this.work = work;
    }

    @Tool
    @SuppressWarnings("unused")
    String handOn() throws DelegationException {
      Grant grant = Grant.to("worker").tools("send").calls(5);
      String signed =
          TollgateLangChain4j.gate().delegations().delegate(requireNonNull(Task.current()), grant);
      Task given = accepting.apply(signed);
      try (Scope handed = given.open()) {
        return work.apply(handed);
      }
    }
  }

  private static Task accept(String signed) {
    return TollgateLangChain4j.gate().delegations().accept(signed, ALICE, WORKER);
  }

  private static ScriptedModel outer() {
    return ScriptedModel.plays(
        asks(call("1", "handOn", "{}")),
        asks(call("2", "delete", "{\"file\":\"outer\"}")),
        AiMessage.from("done"));
  }

  private static ScriptedModel inner() {
    return ScriptedModel.plays(
        asks(call("1", "send", SEND), call("2", "delete", "{\"file\":\"inner\"}")),
        AiMessage.from("worked"));
  }

  @ParameterizedTest
  @CsvSource({
    "false,false,false", "false,false,true", "false,true,false", "false,true,true",
    "true,false,false", "true,false,true", "true,true,false", "true,true,true"
  })
  void actsAsTheReceiverWithinWhatItWasHanded(
      boolean outerStreamed, boolean innerStreamed, boolean concurrently) {
    try (Gated gated = Gated.permitting()) {
      ScriptedModel inner = inner();
      Planner planner =
          new Planner(
              DelegationTest::accept,
              handed -> Chats.ask(innerStreamed, concurrently, inner, office));
      ScriptedModel outer = outer();
      assertThat(Chats.ask(outerStreamed, concurrently, outer, planner, office)).isEqualTo("done");

      assertThat(inner.results().get(0).text()).isEqualTo("sent to bob");
      assertThat(inner.results().get(1).text()).contains("\"reason_code\":\"delegation_tool\"");
      assertThat(office.ran).containsExactly("send bob: x", "delete outer");
      assertThat(outer.results())
          .extracting(ToolExecutionResultMessage::text)
          .containsExactly("worked", "deleted");
      String own = outerStreamed ? "Streaming" : "Assistant";
      assertThat(gated.proposed())
          .extracting(AuditRecord.Proposed::agent)
          .containsExactly(own, "worker", "worker", own);
      assertThat(gated.asked())
          .extracting(asked -> asked.tool().name())
          .containsExactly("handOn", "send", "delete");
      assertThat(gated.asked().stream().map(asked -> asked.task().id()).distinct()).hasSize(1);
      assertThat(gated.asked())
          .extracting(asked -> asked.task().intent().text())
          .containsOnly("go");
      assertThat(gated.asked().get(1).task().delegation()).isNotNull();
      assertThat(gated.asked().get(2).task().delegation()).isNull();
    }
  }

  /** A stream belongs to where it was made, wherever and whenever it is started. */
  @Test
  void staysWithinItWhenAStreamIsStartedLater() {
    try (Gated gated = Gated.permitting()) {
      ScriptedModel inner = inner();
      TokenStream[] made = new TokenStream[1];
      Planner planner =
          new Planner(
              DelegationTest::accept,
              handed -> {
                made[0] = Chats.stream(false, inner, office);
                return "made";
              });
      Chats.ask(false, outer(), planner, office);
      assertThat(Chats.answer(made[0])).isEqualTo("worked");
      assertThat(inner.results().get(1).text()).contains("delegation_tool");
      assertThat(office.ran).containsExactly("delete outer", "send bob: x");
      PolicyRequest last = gated.asked().get(gated.asked().size() - 1);
      assertThat(last.task().agent()).isEqualTo(WORKER);
    }
  }

  /** A tool that changes threads by itself has to take the context along. */
  @Test
  void goesAlongToAnotherThreadWithTheContext() {
    try (Gated gated = Gated.permitting()) {
      ScriptedModel inner = inner();
      Executor elsewhere = Context.taskWrapping((Executor) ForkJoinPool.commonPool());
      Planner planner =
          new Planner(
              DelegationTest::accept,
              handed ->
                  CompletableFuture.supplyAsync(() -> Chats.ask(false, inner, office), elsewhere)
                      .join());
      Chats.ask(false, outer(), planner, office);
      assertThat(inner.results().get(1).text()).contains("delegation_tool");
      assertThat(office.ran).containsExactly("send bob: x", "delete outer");
      assertThat(gated.asked().get(1).task().agent()).isEqualTo(WORKER);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void doesNothingUnderADelegationThatWasUsedBefore(boolean streamed) {
    assertRefused(
        streamed,
        signed -> {
          Task first = accept(signed);
          assertThat(first.agent()).isEqualTo(WORKER);
          return accept(signed);
        },
        "delegation_replayed");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void doesNothingUnderADelegationThatNobodySigned(boolean streamed) {
    assertRefused(
        streamed,
        signed -> accept(signed.substring(0, signed.lastIndexOf('.') + 1) + "AAAA"),
        "delegation_forged");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void doesNothingUnderADelegationForSomebodyElse(boolean streamed) {
    assertRefused(
        streamed,
        signed ->
            TollgateLangChain4j.gate()
                .delegations()
                .accept(signed, ALICE, AgentIdentity.of("other")),
        "delegation_foreign");
  }

  private void assertRefused(boolean streamed, Function<String, Task> accepting, String reason) {
    try (Gated gated = Gated.permitting()) {
      ScriptedModel inner = inner();
      Planner planner =
          new Planner(accepting, handed -> Chats.ask(streamed, streamed, inner, office));
      ScriptedModel outer = outer();
      assertThat(Chats.ask(streamed, outer, planner, office)).isEqualTo("done");
      assertThat(inner.results())
          .hasSize(2)
          .allSatisfy(
              told -> assertThat(told.text()).contains("\"reason_code\":\"" + reason + "\""));
      assertThat(office.ran).containsExactly("delete outer");
      assertThat(gated.reasons()).containsExactly("", reason, reason, "");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isResumedAsTheReceiver(boolean streamed) {
    try (Gated gated = Waiting.gated("send")) {
      Planner planner =
          new Planner(
              DelegationTest::accept, handed -> Chats.ask(streamed, streamed, inner(), office));
      Chats.ask(streamed, outer(), planner, office);
      assertThat(office.ran).containsExactly("delete outer");
      String id = Waiting.approved(gated.gate);
      assertThat(TollgateLangChain4j.resume(id, ALICE, office)).isEqualTo("sent to bob");
      List<PolicyRequest> asked = gated.asked();
      Task resumed = asked.get(asked.size() - 1).task();
      assertThat(resumed.agent()).isEqualTo(WORKER);
      assertThat(resumed.delegation()).isNotNull();
      assertThat(resumed.id()).isEqualTo(asked.get(0).task().id());
    }
  }
}
