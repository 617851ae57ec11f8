package dev.aerie.ptz.device;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import dev.aerie.messages.testing.Eventually;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Notes every request that reaches a server, and its answer.
public final class Traffic extends Filter {

    private final List<Message> requests = new ArrayList<>();
    private final SortedMap<Integer, Message> answers = new TreeMap<>();

    /// - `title`: method and path of a request, status of an answer
    public record Message(String title, String headers, String body) {}

    /// In the order in which they came.
    public synchronized List<Message> requests() {
        return List.copyOf(requests);
    }

    public synchronized Message lastRequest() {
        return requests.getLast();
    }

    /// Once all that came is answered.
    public void forget() {
        answers();
        synchronized (this) {
            requests.clear();
            answers.clear();
        }
    }

    /// In the order of their requests, all of them: waits for those on the way.
    public List<Message> answers() {
        Eventually.holds("every request is answered", () -> {
            synchronized (this) {
                return answers.size() == requests.size();
            }
        });
        synchronized (this) {
            return List.copyOf(answers.values());
        }
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        byte[] request = exchange.getRequestBody().readAllBytes();
        var answer = new ByteArrayOutputStream();
        exchange.setStreams(new ByteArrayInputStream(request), new Tee(exchange.getResponseBody(), answer));
        String title = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        String headers = exchange.getRequestHeaders().entrySet().toString();
        int number;
        synchronized (this) {
            number = requests.size();
            requests.add(new Message(title, headers, new String(request, StandardCharsets.UTF_8)));
        }
        chain.doFilter(exchange);
        synchronized (this) {
            answers.put(
                    number,
                    new Message(
                            "" + exchange.getResponseCode(),
                            exchange.getResponseHeaders().entrySet().toString(),
                            answer.toString(StandardCharsets.UTF_8)));
        }
    }

    @Override
    public String description() {
        return "notes the traffic";
    }

    private static final class Tee extends FilterOutputStream {

        private final OutputStream copy;

        Tee(OutputStream out, OutputStream copy) {
            super(out);
            this.copy = copy;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            copy.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            copy.write(bytes, offset, length);
        }
    }
}
