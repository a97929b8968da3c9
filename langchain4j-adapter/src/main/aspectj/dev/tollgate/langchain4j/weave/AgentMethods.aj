package dev.tollgate.langchain4j.weave;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agentic.Agent;
import dev.tollgate.langchain4j.WovenMethods;
import org.aspectj.lang.JoinPoint;

/** Every agent that is a method with a body. What asks a person is one of the framework's. */
public final aspect AgentMethods extends MethodCalls {
  pointcut methods(): execution(@Agent * *(..)) && !execution(@Tool * *(..));

  @Override
  public Object decide(JoinPoint.StaticPart at, Object[] arguments, Proceeding rest) {
    return WovenMethods.agent(at, arguments, rest);
  }
}
