package dev.tollgate.langchain4j;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.LangChain4jManaged;
import dev.langchain4j.service.AiServiceContext;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import dev.langchain4j.service.tool.ToolService;
import dev.tollgate.ToolGate;
import dev.tollgate.config.AdapterSettings;
import dev.tollgate.langchain4j.weave.Weaving;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.tool.McpToolList;
import dev.tollgate.tool.ToolDefinition;
import io.opentelemetry.context.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The gate of this process' AI services. Without {@link #install} it is made from the {@code
 * tollgate.*} configuration when the first AI service is called. If that makes none, every tool
 * call is denied. Thread-safe.
 */
public final class TollgateLangChain4j {
  private static final InstalledGate INSTALLED =
      new InstalledGate(TollgateLangChain4j::probe, TollgateLangChain4j::unasked);

  private TollgateLangChain4j() {}

  /**
   * Installs a gate, after a probe call has shown that tool calls pass it. The same gate may be
   * installed again.
   *
   * @throws IllegalStateException if another gate is installed, or tool calls would not pass
   */
  public static void install(ToolGate gate) {
    install(gate, AdapterSettings.DEFAULT);
  }

  /**
   * Like {@link #install(ToolGate)}, with what becomes of the gate's answers.
   *
   * @throws IllegalStateException if another gate is installed, or tool calls would not pass
   */
  public static void install(ToolGate gate, AdapterSettings settings) {
    INSTALLED.install(Installation.of(gate, settings), TollgateLangChain4j::slot);
  }

  /**
   * Installs a gate where something else has LangChain4j's slot for contexts. Only AI services that
   * are built from {@link #contextFor} pass it.
   *
   * @throws IllegalStateException if another gate is installed, or tool calls would not pass
   */
  public static void installForContexts(ToolGate gate) {
    installForContexts(gate, AdapterSettings.DEFAULT);
  }

  /**
   * Like {@link #installForContexts(ToolGate)}, with what becomes of the gate's answers.
   *
   * @throws IllegalStateException if another gate is installed, or tool calls would not pass
   */
  public static void installForContexts(ToolGate gate, AdapterSettings settings) {
    INSTALLED.install(Installation.of(gate, settings), () -> {});
  }

  /** Takes the gate away, so that another may be installed. Whoever made the gate closes it. */
  public static void uninstall() {
    INSTALLED.uninstall();
  }

  /**
   * Takes this gate away if it is the one in force. For containers, which must not take away what
   * another one installed.
   */
  public static void uninstall(ToolGate gate) {
    INSTALLED.uninstall(gate);
  }

  /**
   * AI services that are built from now on run their tools without a gate, until {@link
   * #uninstall()}. It is what {@code tollgate.enabled=false} of a container means, and said in the
   * log. Those that were built before are denied every call.
   *
   * @throws IllegalStateException if a gate is installed
   */
  public static void switchOff() {
    INSTALLED.switchOff();
  }

  /**
   * The gate in force; made from configuration if none is.
   *
   * @throws IllegalStateException if there is none to be had; the message says why
   */
  public static ToolGate gate() {
    Installation current = INSTALLED.current();
    if (current == null) {
      throw INSTALLED.missing();
    }
    return current.gate();
  }

  /** The gate in force, made from configuration if none is; {@code null} if there is none. */
  static @Nullable ToolGate gateIfAny() {
    Installation current = INSTALLED.current();
    return current == null ? null : current.gate();
  }

  /** Like {@link #gateIfAny}, with what belongs to the gate. */
  static @Nullable Installation installation() {
    return INSTALLED.current();
  }

  /** Whether this process is to run without a gate. */
  static boolean off() {
    return INSTALLED.off();
  }

  /**
   * Says what was asked for, on behalf of the {@link Caller} that is open or configured, until the
   * scope is closed: all AI services and agentic systems that run within work on that one task.
   * Whatever message they are called with is then no intent.
   *
   * <pre>{@code
   * try (Scope asked = TollgateLangChain4j.asked(Intent.human(typed))) {
   *   supervisor.invoke(prompt);
   * }
   * }</pre>
   *
   * @throws IllegalStateException if a task is under way here already, since what it is for does
   *     not change, or if there is no gate
   */
  public static Scope asked(Intent intent) {
    return asked(intent, null);
  }

  /**
   * Like {@link #asked(Intent)}, saying on whose behalf.
   *
   * @param caller {@code null} for the one that is open or configured
   */
  @SuppressWarnings("MustBeClosedChecker") // the caller closes it
  public static Scope asked(Intent intent, @Nullable Caller caller) {
    if (Task.current() != null || LangChain4jManaged.current() != null) {
      throw new IllegalStateException("what a task is for does not change while it is worked on");
    }
    return gate().startTask(intent, null, caller, null).open();
  }

  /**
   * A context for {@code AiServices.builder(…)}, whose tools pass the gate.
   *
   * @throws IllegalStateException if this version of LangChain4j cannot be gated
   */
  public static AiServiceContext contextFor(Class<?> aiService) {
    if (INSTALLED.off()) {
      return new UnguardedAiServiceContext(aiService);
    }
    INSTALLED.onceBeforeUse();
    return new GuardedAiServiceContext(aiService, INSTALLED::current);
  }

  /**
   * Runs a call that waited for approval, with the {@code @Tool} methods of these objects: the
   * stored call, exactly once, whatever a model says by now.
   *
   * @param approvalId the {@code approval_id} of the denial
   * @param caller the user whose call it was, with a token of its own
   * @param tools as AI services take them
   * @return what the tool returned, or the denial as a model would get it; what the tool throws is
   *     thrown, and the approval is used up by it
   * @throws dev.langchain4j.service.IllegalConfigurationException if one of them has no
   *     {@code @Tool} method; nothing ran and the approval still holds
   * @throws dev.tollgate.state.StateException if the store of approvals cannot be read
   */
  public static String resume(String approvalId, Caller caller, Object... tools) {
    return resume(approvalId, caller, ApprovedCall.toolsOf(tools));
  }

  /**
   * Like {@link #resume(String, Caller, Object...)}, with tools as {@code tools(Map)} takes them.
   */
  public static String resume(
      String approvalId, Caller caller, Map<ToolSpecification, ToolExecutor> tools) {
    return new ApprovedCall(gate(), approvalId, caller).runWith(tools);
  }

  /**
   * The {@code @Tool} methods of these objects as a list in the shape of MCP's {@code tools/list},
   * for {@code tollgate manifest init|check|lock}. Their digests are those of the gate at run time.
   *
   * @throws dev.langchain4j.service.IllegalConfigurationException if one of them has no
   *     {@code @Tool} method
   */
  public static String toolList(Object... tools) {
    List<ToolSpecification> found = new ArrayList<>();
    for (Object one : tools) {
      ToolService.findTools(one).forEach(tool -> found.add(tool.toolSpecification()));
    }
    return toolList(found);
  }

  /** Like {@link #toolList(Object...)}, of tools that are registered by hand. */
  public static String toolList(Collection<ToolSpecification> tools) {
    return McpToolList.write(
        tools.stream().map(tool -> ToolDefinitions.of(tool, ToolOrigin.LANGCHAIN4J)).toList());
  }

  /**
   * Like {@link #toolList(Object...)}, of what a provider gives, such as a {@code McpToolProvider}:
   * the tools of its servers under the names they have here, each with its server.
   */
  public static String toolList(ToolProvider provider) {
    ToolProviderRequest request =
        new ToolProviderRequest("tollgate", UserMessage.from("Which tools are there?"));
    @Nullable ToolProviderResult provided = provider.provideTools(request);
    List<ToolDefinition> found = new ArrayList<>();
    if (provided != null) {
      for (AiServiceTool tool : provided.aiServiceTools()) {
        String source = ToolOrigin.of(tool.toolExecutor()).source();
        found.add(ToolDefinitions.of(tool.toolSpecification(), source));
      }
    }
    return McpToolList.write(found);
  }

  /**
   * For {@code McpToolProvider.Builder.toolWrapper}: what is wrapped is still known to be of its
   * server.
   *
   * @param wrapper the application's own, which asks what it wraps, if anything
   */
  public static Function<ToolExecutor, ToolExecutor> keepingSource(
      Function<ToolExecutor, ToolExecutor> wrapper) {
    return wrapped -> new WrappedExecutor(wrapper.apply(wrapped), wrapped);
  }

  /** The probe must not make a gate, so it sees only an installed one. */
  static AiServiceContext probeContext() {
    return new GuardedAiServiceContext(CoverageProbe.Probe.class, INSTALLED::peek);
  }

  private static void slot() {
    CoverageProbe.slot(AiServiceContext::create);
  }

  /** Aspects ask for the gate whoever has the slot. */
  private static void unasked() {
    if (!Weaving.active()) {
      slot();
    }
  }

  private static void probe() {
    CoverageProbe.signatures(ToolService.class);
    // A gate need not be there: an application may install it after its AI services are built.
    Installation now = INSTALLED.peek();
    CoverageProbe.call(probeContext(), now != null);
    if (now != null) {
      WovenProbe.REAL.check(now.settings().strictness());
    }
  }
}
