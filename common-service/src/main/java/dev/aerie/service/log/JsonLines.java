package dev.aerie.service.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/// Formats each log record as one line with a JSON object. Log messages have the form `event key=value key=value`; of
/// their keys, `stream`, `session` and `frame` (as `frame_number`) become keys of the object, in every service alike.
///
/// ```json
/// {"timestamp":"…","level":"INFO","service":"slam-service","instance":"slam-1","logger":"…","thread":"worker drone",
///  "message":"stream left stream=drone session=01K9…","stream":"drone","session":"01K9…"}
/// ```
final class JsonLines extends ExtFormatter {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PAIR = Pattern.compile("(?:^|\\s)(stream|session|frame)=(\\S+)");

    private final String service;
    private final String instance;

    /// - `service`, `instance`: the process that writes the lines
    JsonLines(String service, String instance) {
        this.service = service;
        this.instance = instance;
    }

    @Override
    public String format(ExtLogRecord logged) {
        String message = String.valueOf(formatMessage(logged));
        var line = new LinkedHashMap<String, Object>();
        line.put("timestamp", logged.getInstant().toString());
        line.put("level", logged.getLevel().getName());
        line.put("service", service);
        line.put("instance", instance);
        line.put("logger", String.valueOf(logged.getLoggerName()));
        line.put("thread", String.valueOf(logged.getThreadName()));
        line.put("message", message);
        putPairs(message, line);
        Throwable thrown = logged.getThrown();
        if (thrown != null) {
            line.put("exception", stackOf(thrown));
        }
        return written(line);
    }

    private static void putPairs(String message, Map<String, Object> line) {
        PAIR.matcher(message).results().forEach(pair -> {
            String value = pair.group(2);
            if (!pair.group(1).equals("frame")) {
                line.put(pair.group(1), value);
            } else if (value.matches("\\d{1,18}")) {
                line.put("frame_number", Long.valueOf(value));
            }
        });
    }

    private static String stackOf(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static String written(Map<String, Object> line) {
        try {
            return JSON.writeValueAsString(line) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("text and numbers can always be written as JSON", e);
        }
    }
}
