package dev.aerie.ingest.push;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;

/// The clock of each vehicle, shared by its video, IMU and telemetry connections, so that the one with the lowest
/// delay improves the mapping for all (see [ClientClock]). Thread-safe; the least recently used are evicted.
public final class ClientClocks {

    private static final int MAX = 1024;

    @GuardedBy("this")
    private final Map<String, ClientClock> byStream = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ClientClock> eldest) {
            return size() > MAX;
        }
    };

    synchronized ClientClock of(String stream) {
        return byStream.computeIfAbsent(stream, _ -> new ClientClock());
    }
}
