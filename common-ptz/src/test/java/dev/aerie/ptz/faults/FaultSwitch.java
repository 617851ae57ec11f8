package dev.aerie.ptz.faults;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import dev.aerie.ptz.device.DeviceHttp;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// Makes a server fail from now on.
final class FaultSwitch extends Filter {

    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger requests = new AtomicInteger();
    private volatile Kind kind = Kind.NONE;

    enum Kind {
        NONE,
        /// Busy, as a camera says it that starts.
        STATUS_503,
        /// Takes the request and says nothing.
        HANG,
        /// Says that all is well, then not another byte.
        HANG_IN_BODY,
        /// A page instead of a document.
        WEB_PAGE,
        /// Another document than was asked for.
        OTHER_DOCUMENT,
        /// More than anybody wants to read.
        FLOOD
    }

    void set(Kind next) {
        kind = next;
        requests.set(0);
    }

    /// Requests since the last [#set].
    int requests() {
        return requests.get();
    }

    /// Lets go of all that hang.
    void release() {
        released.countDown();
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        requests.incrementAndGet();
        switch (kind) {
            case NONE -> chain.doFilter(exchange);
            case STATUS_503 -> DeviceHttp.answer(exchange, 503, "text/html", "<html>starting</html>");
            case HANG -> hang();
            case HANG_IN_BODY -> {
                exchange.sendResponseHeaders(200, 1000);
                exchange.getResponseBody().write('<');
                exchange.getResponseBody().flush();
                hang();
            }
            case WEB_PAGE -> DeviceHttp.answer(exchange, 200, "text/html", "<!DOCTYPE html><p>Welcome<br></p>");
            case OTHER_DOCUMENT -> DeviceHttp.answer(exchange, 200, "application/xml", "<Hello><there/></Hello>");
            case FLOOD -> DeviceHttp.answer(exchange, 200, "application/xml", "<a>" + "x".repeat(3_000_000) + "</a>");
        }
    }

    private void hang() {
        try {
            released.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String description() {
        return "fails";
    }
}
