package dev.tollgate.langchain4j.weave;

import dev.langchain4j.agent.tool.Tool;
import dev.tollgate.langchain4j.WovenMethods;
import org.aspectj.lang.JoinPoint;

/** Every {@code @Tool} method. */
public final aspect ToolMethods extends MethodCalls {
  pointcut methods(): execution(@Tool * *(..));

  @Override
  public Object decide(JoinPoint.StaticPart at, Object[] arguments, Proceeding rest) {
    return WovenMethods.tool(at, arguments, rest);
  }
}
