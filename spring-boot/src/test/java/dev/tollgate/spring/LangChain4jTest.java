package dev.tollgate.spring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.AiServices;
import dev.tollgate.ToolGate;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.key.JwkFileKeySource;
import dev.tollgate.langchain4j.TollgateLangChain4j;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.spring.office.FileTools;
import dev.tollgate.spring.office.OfficeAgent;
import dev.tollgate.spring.office.OfficeApplication;
import dev.tollgate.task.Intent;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** LangChain4j's real starter in real application contexts. */
@ExtendWith(OutputCaptureExtension.class)
class LangChain4jTest {
  private final RecordingAuditSink audit = new RecordingAuditSink();
  private final ScriptedModel model = new ScriptedModel("delete");

  @BeforeEach
  @AfterEach
  void noGate() {
    TollgateLangChain4j.uninstall();
  }

  private static ApplicationContextRunner office(ChatModel model) {
    return new ApplicationContextRunner()
        .withUserConfiguration(OfficeApplication.class)
        .withBean(ChatModel.class, () -> model);
  }

  private ApplicationContextRunner office(ScriptedPolicy policy) {
    return office(model).withBean(ToolGate.class, () -> gate(policy));
  }

  private ToolGate gate(ScriptedPolicy policy) {
    return TestGates.gate(policy, audit).build();
  }

  private static void ask(ApplicationContext context) {
    context.getBean(OfficeAgent.class).chat("delete the file a");
  }

  private static FileTools files(ApplicationContext context) {
    return context.getBean(FileTools.class);
  }

  @Test
  void anAllowedCallRunsWithWhatTheUserAskedFor() {
    ScriptedPolicy policy = ScriptedPolicy.permitAll();
    office(policy)
        .run(
            context -> {
              ask(context);
              assertThat(files(context).ran()).containsExactly("delete a");
              assertThat(model.told()).containsExactly("deleted a");
              PolicyRequest asked = policy.asked().get(policy.asked().size() - 1).get(0);
              assertThat(asked.task().intent()).isEqualTo(Intent.human("delete the file a"));
              assertThat(asked.task().agent()).isEqualTo(AgentIdentity.of("OfficeAgent"));
            });
  }

  @Test
  void aDeniedCallDoesNotRunAndTheModelIsTold() {
    office(ScriptedPolicy.denying("delete"))
        .run(
            context -> {
              ask(context);
              assertThat(files(context).ran()).isEmpty();
              assertThat(model.told()).singleElement().asString().contains("policy_forbidden");
              assertThat(audit.records(AuditRecord.Decided.class))
                  .extracting(AuditRecord.Decided::reason)
                  .contains("policy_forbidden");
            });
  }

  @Test
  void theGateIsTheOneThatApplicationYamlDescribes(@TempDir Path folder) throws Exception {
    Path keys = folder.resolve("keys.json");
    JwkFileKeySource.generate(keys, "test");
    Files.writeString(
        folder.resolve("application.yaml"),
        """
        tollgate:
          keys: { file: %s }
          tenant: acme
          subject: alice
          agent: clerk
          agent-groups: [ office, staff ]
          audit: { folder: %s, anchor: %s }
        """
            .formatted(keys, folder.resolve("audit"), folder.resolve("anchor")));
    SpringApplication application = new SpringApplication(OfficeApplication.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setBannerMode(Banner.Mode.OFF);
    application.addInitializers(
        context ->
            ((GenericApplicationContext) context).registerBean(ChatModel.class, () -> model));
    try (var context = application.run("--spring.config.location=" + folder.toUri())) {
      ask(context);
      assertThat(files(context).ran()).isEmpty();
      // It names no policy, so nothing may run.
      assertThat(model.told()).singleElement().asString().contains("policy_missing");
    }
    assertThat(folder.resolve("audit").resolve("acme.jsonl"))
        .content()
        .contains("clerk")
        .contains("policy_missing");
  }

  @Test
  void withoutAGateTheApplicationDoesNotStart() {
    office(model)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("tollgate.keys.file"));
  }

  @Test
  void beforeAndAfterItsContextEveryCallIsDenied() {
    FileTools tools = new FileTools();
    OfficeAgent early = AiServices.builder(OfficeAgent.class).chatModel(model).tools(tools).build();
    early.chat("too early");
    assertThat(model.told()).singleElement().asString().contains("gate_missing");
    office(ScriptedPolicy.permitAll())
        .run(
            context -> {
              early.chat("now");
              assertThat(tools.ran()).containsExactly("delete a");
            });
    early.chat("too late");
    assertThat(tools.ran()).hasSize(1);
    assertThat(model.told().get(2)).contains("gate_missing");
  }

  /** A bean that asks its agent while the container still makes beans. */
  record Eager(OfficeAgent agent) implements InitializingBean {
    @Override
    public void afterPropertiesSet() {
      agent.chat("delete the file a");
    }
  }

  @Test
  void anAgentThatIsCalledDuringTheStartHasTheGateAlready() {
    office(ScriptedPolicy.denying("delete"))
        .withUserConfiguration(Eager.class)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(model.told()).singleElement().asString().contains("policy_forbidden");
            });
  }

  @Test
  void saysAtStartWhatIsCovered(CapturedOutput output) {
    office(ScriptedPolicy.permitAll())
        .run(
            context ->
                assertThat(output)
                    .contains("Tollgate guards the tool calls of LangChain4j")
                    .contains("@AiService officeAgent (" + OfficeAgent.class.getName() + ")")
                    .contains("unless the AspectJ weaver is there"));
  }

  @Test
  void contextsThatFollowEachOtherHaveEachTheirOwnGate() {
    office(ScriptedPolicy.permitAll()).run(LangChain4jTest::ask);
    office(ScriptedPolicy.denying("delete")).run(LangChain4jTest::ask);
    assertThat(model.told()).hasSize(2);
    assertThat(model.told().get(0)).isEqualTo("deleted a");
    assertThat(model.told().get(1)).contains("policy_forbidden");
  }

  @Test
  void twoContextsCannotHaveTwoGatesAtOnce(CapturedOutput output) {
    ScriptedModel second = new ScriptedModel("delete");
    office(ScriptedPolicy.denying("delete"))
        .run(
            first -> {
              office(second)
                  .withBean(ToolGate.class, () -> gate(ScriptedPolicy.permitAll()))
                  .run(
                      context -> {
                        assertThat(context).hasFailed();
                        var analysis =
                            new GateNotHandedOverAnalyzer()
                                .analyze(requireNonNull(context.getStartupFailure()));
                        assertThat(analysis).isNotNull();
                        assertThat(analysis.getDescription()).contains("another gate is installed");
                        assertThat(analysis.getAction())
                            .startsWith("Do what the description says")
                            .contains("@DirtiesContext");
                      });
              // Reported only: then the first one's gate decides for both.
              office(second)
                  .withBean(ToolGate.class, () -> gate(ScriptedPolicy.permitAll()))
                  .withPropertyValues("tollgate.strict=report")
                  .run(
                      context -> {
                        assertThat(context).hasNotFailed();
                        assertThat(output)
                            .contains("does NOT guard every tool call of LangChain4j");
                        ask(context);
                      });
              assertThat(second.told()).singleElement().asString().contains("policy_forbidden");
              ask(first);
              assertThat(files(first).ran()).isEmpty();
              assertThat(model.told()).singleElement().asString().contains("policy_forbidden");
            });
  }

  @Test
  void aChildContextHasItsParentsGateAndLeavesItThere() {
    office(ScriptedPolicy.denying("delete"))
        .run(
            parent -> {
              office(model)
                  .withParent(parent)
                  .withAllowBeanDefinitionOverriding(true)
                  .run(child -> assertThat(child).hasNotFailed());
              ask(parent);
              assertThat(model.told()).singleElement().asString().contains("policy_forbidden");
            });
  }

  @Test
  void switchedOffToolsRunWithoutAGateAndTheLogSaysSo(CapturedOutput output) {
    office(model)
        .withPropertyValues("tollgate.enabled=false")
        .run(
            context -> {
              ask(context);
              assertThat(files(context).ran()).containsExactly("delete a");
              assertThat(output).contains("Tollgate is switched off");
              office(ScriptedPolicy.permitAll())
                  .run(
                      other ->
                          assertThat(other)
                              .getFailure()
                              .rootCause()
                              .hasMessageContaining("tollgate.enabled=false"));
            });
    office(ScriptedPolicy.denying("delete")).run(LangChain4jTest::ask);
    assertThat(model.told().get(1)).contains("policy_forbidden");
  }

  @Test
  void switchingOffDoesNotTakeAwayAnotherContextsGate() {
    office(ScriptedPolicy.denying("delete"))
        .run(
            context -> {
              office(model)
                  .withPropertyValues("tollgate.enabled=false")
                  .run(
                      other ->
                          assertThat(other)
                              .getFailure()
                              .hasMessageContaining("cannot take it away"));
              ask(context);
              assertThat(model.told()).singleElement().asString().contains("policy_forbidden");
            });
  }

  @Test
  void doesWithoutLangChain4jAndWithoutItsAdapter() {
    for (Class<?> missing : new Class<?>[] {TollgateLangChain4j.class, AiServices.class}) {
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  ToolGateAutoConfiguration.class, LangChain4jAutoConfiguration.class))
          .withClassLoader(new FilteredClassLoader(missing))
          .withBean(ToolGate.class, () -> gate(ScriptedPolicy.permitAll()))
          .run(
              context -> assertThat(context).hasNotFailed().doesNotHaveBean(LangChain4jGate.class));
    }
  }
}
