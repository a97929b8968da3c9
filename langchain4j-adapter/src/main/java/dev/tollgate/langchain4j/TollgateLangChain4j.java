package dev.tollgate.langchain4j;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.service.AiServiceContext;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolService;
import dev.tollgate.ToolGate;
import dev.tollgate.config.AdapterSettings;
import dev.tollgate.task.Caller;
import dev.tollgate.tool.McpToolList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The gate of this process' AI services. Without {@link #install} it is made from the {@code
 * tollgate.*} configuration when the first AI service is called. If that makes none, every tool
 * call is denied. Thread-safe.
 */
public final class TollgateLangChain4j {
  private static final InstalledGate INSTALLED = new InstalledGate(TollgateLangChain4j::probe);

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
    INSTALLED.install(
        Installation.of(gate, settings), () -> CoverageProbe.slot(AiServiceContext::create));
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
   * The gate in force; made from configuration if none is.
   *
   * @throws IllegalStateException if there is none to be had
   */
  public static ToolGate gate() {
    Installation current = INSTALLED.current();
    if (current == null) {
      throw new IllegalStateException(InstalledGate.NONE);
    }
    return current.gate();
  }

  /**
   * A context for {@code AiServices.builder(…)}, whose tools pass the gate.
   *
   * @throws IllegalStateException if this version of LangChain4j cannot be gated
   */
  public static AiServiceContext contextFor(Class<?> aiService) {
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

  /** Like {@link #toolList(Object...)}, of what {@code McpClient.listTools()} and others give. */
  public static String toolList(Collection<ToolSpecification> tools) {
    return McpToolList.write(ToolDefinitions.of(tools));
  }

  /** The probe must not make a gate, so it sees only an installed one. */
  static AiServiceContext probeContext() {
    return new GuardedAiServiceContext(CoverageProbe.Probe.class, INSTALLED::peek);
  }

  private static void probe() {
    CoverageProbe.signatures(ToolService.class);
    // A gate need not be there: an application may install it after its AI services are built.
    CoverageProbe.call(probeContext(), INSTALLED.peek() != null);
  }
}
