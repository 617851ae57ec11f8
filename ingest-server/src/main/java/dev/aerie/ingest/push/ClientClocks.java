package dev.aerie.ingest.push;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;

/// The clock of each vehicle: its video, IMU and telemetry come by connections of their own and share it, so that
/// the fastest of them makes the mapping exact for all ([ClientClock] says who may do what). Thread-safe; the least
/// recently used of many is forgotten.
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
