package dev.tollgate.langchain4j.agentic;

import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.agentic.declarative.ConditionalAgent;
import dev.langchain4j.agentic.declarative.LoopAgent;
import dev.langchain4j.agentic.declarative.ParallelAgent;
import dev.langchain4j.agentic.declarative.ParallelMapperAgent;
import dev.langchain4j.agentic.declarative.SequenceAgent;
import dev.langchain4j.agentic.internal.AgentUtil;
import dev.langchain4j.agentic.planner.Planner;
import dev.langchain4j.agentic.scope.AgenticScope;
import dev.langchain4j.agentic.workflow.ConditionalAgentService;
import dev.langchain4j.agentic.workflow.LoopAgentService;
import dev.langchain4j.agentic.workflow.ParallelAgentService;
import dev.langchain4j.agentic.workflow.ParallelMapperService;
import dev.langchain4j.agentic.workflow.SequentialAgentService;
import dev.langchain4j.agentic.workflow.WorkflowAgentsBuilder;
import dev.langchain4j.agentic.workflow.impl.ConditionalAgentServiceImpl;
import dev.langchain4j.agentic.workflow.impl.LoopAgentServiceImpl;
import dev.langchain4j.agentic.workflow.impl.ParallelAgentServiceImpl;
import dev.langchain4j.agentic.workflow.impl.ParallelMapperServiceImpl;
import dev.langchain4j.agentic.workflow.impl.SequentialAgentServiceImpl;
import dev.langchain4j.internal.DefaultExecutorProvider;
import dev.tollgate.ToolGate;
import dev.tollgate.langchain4j.delegate.DeclaredGrant;
import io.opentelemetry.context.Context;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The framework's own workflows; a call of one is a task, on all threads it uses. */
public class GuardedWorkflows implements WorkflowAgentsBuilder {
  private final Supplier<@Nullable ToolGate> gate;

  protected GuardedWorkflows(Supplier<@Nullable ToolGate> gate) {
    this.gate = gate;
  }

  @Override
  public SequentialAgentService<UntypedAgent> sequenceBuilder() {
    return new Sequence<>(UntypedAgent.class, null);
  }

  @Override
  public <T> SequentialAgentService<T> sequenceBuilder(Class<T> agent) {
    return new Sequence<>(agent, method(agent, SequenceAgent.class));
  }

  @Override
  public ParallelAgentService<UntypedAgent> parallelBuilder() {
    return new Parallel<>(UntypedAgent.class, null);
  }

  @Override
  public <T> ParallelAgentService<T> parallelBuilder(Class<T> agent) {
    return new Parallel<>(agent, method(agent, ParallelAgent.class));
  }

  @Override
  public LoopAgentService<UntypedAgent> loopBuilder() {
    return new Loop<>(UntypedAgent.class, null);
  }

  @Override
  public <T> LoopAgentService<T> loopBuilder(Class<T> agent) {
    return new Loop<>(agent, method(agent, LoopAgent.class));
  }

  @Override
  public ConditionalAgentService<UntypedAgent> conditionalBuilder() {
    return new Conditional<>(UntypedAgent.class, null);
  }

  @Override
  public <T> ConditionalAgentService<T> conditionalBuilder(Class<T> agent) {
    return new Conditional<>(agent, method(agent, ConditionalAgent.class));
  }

  @Override
  public ParallelMapperService<UntypedAgent> parallelMapperBuilder() {
    return new Mapper<>(UntypedAgent.class, null);
  }

  @Override
  public <T> ParallelMapperService<T> parallelMapperBuilder(Class<T> agent) {
    return new Mapper<>(agent, method(agent, ParallelMapperAgent.class));
  }

  private static @Nullable Method method(Class<?> agent, Class<? extends Annotation> pattern) {
    DeclaredGrant.noneOn(agent);
    return AgentUtil.validateAgentClass(agent, false, pattern);
  }

  private static Consumer<AgenticScope> claiming(Consumer<AgenticScope> own) {
    return scope -> {
      Opening.claim(scope);
      own.accept(scope);
    };
  }

  private static Executor propagating(@Nullable Executor own) {
    return Context.taskWrapping(
        own == null ? DefaultExecutorProvider.getDefaultExecutorService() : own);
  }

  private <T> T root(T workflow, Class<T> type, Function<InvocationHandler, T> proxy) {
    return proxy.apply(new RootCall(workflow, type, gate));
  }

  private final class Sequence<T> extends SequentialAgentServiceImpl<T> {
    Sequence(Class<T> type, @Nullable Method method) {
      super(type, method);
    }

    @Override
    public T build(Supplier<Planner> planner) {
      beforeCall = claiming(beforeCall);
      executor = propagating(executor);
      return super.build(planner);
    }

    @Override
    public T build(InvocationHandler handler) {
      return root(super.build(handler), agentServiceClass, super::build);
    }
  }

  private final class Parallel<T> extends ParallelAgentServiceImpl<T> {
    Parallel(Class<T> type, @Nullable Method method) {
      super(type, method);
    }

    @Override
    public T build(Supplier<Planner> planner) {
      beforeCall = claiming(beforeCall);
      executor = propagating(executor);
      return super.build(planner);
    }

    @Override
    public T build(InvocationHandler handler) {
      return root(super.build(handler), agentServiceClass, super::build);
    }
  }

  private final class Loop<T> extends LoopAgentServiceImpl<T> {
    Loop(Class<T> type, @Nullable Method method) {
      super(type, method);
    }

    @Override
    public T build(Supplier<Planner> planner) {
      beforeCall = claiming(beforeCall);
      executor = propagating(executor);
      return super.build(planner);
    }

    @Override
    public T build(InvocationHandler handler) {
      return root(super.build(handler), agentServiceClass, super::build);
    }
  }

  private final class Conditional<T> extends ConditionalAgentServiceImpl<T> {
    Conditional(Class<T> type, @Nullable Method method) {
      super(type, method);
    }

    @Override
    public T build(Supplier<Planner> planner) {
      beforeCall = claiming(beforeCall);
      executor = propagating(executor);
      return super.build(planner);
    }

    @Override
    public T build(InvocationHandler handler) {
      return root(super.build(handler), agentServiceClass, super::build);
    }
  }

  private final class Mapper<T> extends ParallelMapperServiceImpl<T> {
    Mapper(Class<T> type, @Nullable Method method) {
      super(type, method);
    }

    @Override
    public T build(Supplier<Planner> planner) {
      beforeCall = claiming(beforeCall);
      executor = propagating(executor);
      return super.build(planner);
    }

    @Override
    public T build(InvocationHandler handler) {
      return root(super.build(handler), agentServiceClass, super::build);
    }
  }
}
