package dev.aerie.service.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.messages.Producer;
import java.io.IOException;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

final class JsonLinesTest {

    private static final Producer SLAM = Producer.of("slam-service", "slam-1");

    private final JsonLines lines = new JsonLines(SLAM.service(), SLAM.instance());

    @Test
    void format_lineOfTheFleet_liftsItsKeys() throws IOException {
        var json = new ObjectMapper()
                .readTree(lines.format(logged("progress stream=drone session=01K9 frame=1042 fps=29.9", null)));

        assertThat(json.get("service").asText()).isEqualTo("slam-service");
        assertThat(json.get("instance").asText()).isEqualTo("slam-1");
        assertThat(json.get("stream").asText()).isEqualTo("drone");
        assertThat(json.get("session").asText()).isEqualTo("01K9");
        assertThat(json.get("frame_number").asLong()).isEqualTo(1042);
        assertThat(json.get("level").asText()).isEqualTo("INFO");
    }

    @Test
    void format_quotesAndStack_areOneLine() throws IOException {
        String line = lines.format(logged("a \"quoted\"\nline", new IllegalStateException("broken")));

        assertThat(line.strip().lines()).hasSize(1);
        assertThat(new ObjectMapper().readTree(line).get("exception").asText()).contains("broken", "JsonLinesTest");
    }

    @Test
    void choose_json_changesTheConsoleAlone() {
        var root = Logger.getAnonymousLogger();
        var console = new Silent();
        console.setFormatter(new PatternFormatter("%s%n"));
        root.addHandler(console);

        LogFormat.choose(Map.of("LOG_FORMAT", "text"), root, SLAM);
        assertThat(console.getFormatter()).isInstanceOf(PatternFormatter.class);
        LogFormat.choose(Map.of("LOG_FORMAT", "json"), root, SLAM);
        assertThat(console.getFormatter()).isInstanceOf(JsonLines.class);
    }

    private static ExtLogRecord logged(String message, Throwable thrown) {
        var logged = new ExtLogRecord(Level.INFO, message, ExtLogRecord.FormatStyle.NO_FORMAT, "test");
        logged.setThrown(thrown);
        return logged;
    }

    private static final class Silent extends Handler {

        @Override
        public void publish(LogRecord logged) {}

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
