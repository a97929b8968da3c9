package dev.tollgate.langchain4j.weave;

import dev.langchain4j.agent.tool.CompensateFor;
import dev.langchain4j.agent.tool.Tool;
import dev.tollgate.langchain4j.WovenMethods;
import org.aspectj.lang.JoinPoint;

/** Every {@code @CompensateFor} method. LangChain4j has had them since 1.17. */
public final aspect UndoMethods extends MethodCalls {
  pointcut methods(): execution(@CompensateFor * *(..)) && !execution(@Tool * *(..));

  @Override
  public Object decide(JoinPoint.StaticPart at, Object[] arguments, Proceeding rest) {
    return WovenMethods.undo(at, arguments, rest);
  }
}
