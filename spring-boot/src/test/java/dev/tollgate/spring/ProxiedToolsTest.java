package dev.tollgate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import dev.tollgate.ToolGate;
import dev.tollgate.langchain4j.TollgateLangChain4j;
import dev.tollgate.spring.office.FileTools;
import dev.tollgate.spring.office.OfficeAgent;
import dev.tollgate.spring.office.OfficeApplication;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Spring's real proxies around tool beans. */
@ExtendWith(OutputCaptureExtension.class)
class ProxiedToolsTest {
  private static final String WARNING = "loses ReturnBehavior.IMMEDIATE";
  private final ScriptedModel model = new ScriptedModel("read");

  @Configuration(proxyBeanMethods = false)
  static class Advised {
    @Bean
    static BeanNameAutoProxyCreator proxies() {
      BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
      creator.setBeanNames("fileTools");
      creator.setInterceptorNames("nothing");
      creator.setProxyTargetClass(true);
      return creator;
    }

    @Bean
    static MethodInterceptor nothing() {
      return invocation -> invocation.proceed();
    }
  }

  @AfterEach
  void noGate() {
    TollgateLangChain4j.uninstall();
  }

  private ApplicationContextRunner office() {
    return new ApplicationContextRunner()
        .withUserConfiguration(OfficeApplication.class)
        .withBean(ChatModel.class, () -> model)
        .withBean(
            ToolGate.class,
            () -> TestGates.gate(ScriptedPolicy.permitAll(), new RecordingAuditSink()).build());
  }

  private static void read(ApplicationContext context) {
    context.getBean(OfficeAgent.class).chat("read the file a");
    assertThat(context.getBean(FileTools.class).ran()).containsExactly("read a");
  }

  @Test
  void warnsThatAProxiedToolLosesItsImmediateReturn(CapturedOutput output) {
    office()
        .withUserConfiguration(Advised.class)
        .run(
            context -> {
              assertThat(AopUtils.isAopProxy(context.getBean(FileTools.class))).isTrue();
              assertThat(output)
                  .contains("bean fileTools")
                  .contains(WARNING + " of the @Tool method read")
                  .doesNotContain("@Tool method delete")
                  .contains("let the tool call another bean");
              read(context);
              // What the warning says is so: the model got the result, not only the caller.
              assertThat(model.told()).containsExactly("text of a");
            });
  }

  @Test
  void saysNothingWhereNothingIsLost(CapturedOutput output) {
    office()
        .run(
            context -> {
              read(context);
              assertThat(model.told()).isEmpty();
              assertThat(output).doesNotContain(WARNING);
            });
  }
}
