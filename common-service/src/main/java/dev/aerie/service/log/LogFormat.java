package dev.aerie.service.log;

import dev.aerie.messages.Producer;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.formatters.PatternFormatter;

/// Switches the console to JSON lines if `LOG_FORMAT` is `json`, before the rest of the service starts. Handlers with
/// their own format, such as the one for results without a broker, keep it: they do not belong to the root logger.
@Singleton
final class LogFormat {

    private static final String VARIABLE = "LOG_FORMAT";
    private static final int FIRST = 1;

    private final Producer producer;

    LogFormat(Producer producer) {
        this.producer = producer;
    }

    void start(@Observes @Priority(FIRST) StartupEvent event) {
        choose(System.getenv(), Logger.getLogger(""), producer);
    }

    /// - `root`: the logger whose handlers are changed
    static void choose(Map<String, String> environment, Logger root, Producer producer) {
        if ("json".equals(environment.get(VARIABLE))) {
            var lines = new JsonLines(producer.service(), producer.instance());
            for (Handler handler : root.getHandlers()) {
                write(handler, lines);
            }
        }
    }

    private static void write(Handler handler, JsonLines lines) {
        if (handler.getFormatter() instanceof PatternFormatter) {
            handler.setFormatter(lines);
        }
        if (handler instanceof ExtHandler container) {
            for (Handler inner : container.getHandlers()) {
                write(inner, lines);
            }
        }
    }
}
