package dev.aerie.ingest.web;

import dev.aerie.ingest.bus.WorkerStates;
import dev.aerie.ingest.rtsp.RtspServer;
import dev.aerie.ingest.rtsp.RtspServerStats;
import dev.aerie.ingest.source.SourceSnapshot;
import dev.aerie.ingest.source.Sources;
import dev.aerie.ingest.stream.StreamSnapshot;
import dev.aerie.ingest.stream.Streams;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Joins the state of sessions, sources and the RTSP server for each stream.
public final class StreamViews {

    private final Streams streams;
    private final Sources sources;
    private final RtspServer rtspServer;
    private final PublicRelayAddress address;
    private final WorkerStates workers;

    public StreamViews(
            Streams streams, Sources sources, RtspServer rtspServer, PublicRelayAddress address, WorkerStates workers) {
        this.streams = streams;
        this.sources = sources;
        this.rtspServer = rtspServer;
        this.address = address;
        this.workers = workers;
    }

    /// Every stream that is or was published or has a source; by name.
    List<StreamView> all() {
        var published = new HashMap<String, StreamSnapshot>();
        streams.snapshots().forEach(each -> published.put(each.stream(), each));
        var run = new HashMap<String, SourceSnapshot>();
        sources.snapshots().forEach(each -> run.put(each.stream(), each));
        var names = new TreeSet<>(published.keySet());
        names.addAll(run.keySet());
        var dropped = dropped();
        return names.stream()
                .map(name -> StreamView.of(
                        name,
                        address.urlOf(name),
                        Optional.ofNullable(published.get(name)),
                        Optional.ofNullable(run.get(name)),
                        dropped.getOrDefault(name, 0L),
                        workers.of(name)))
                .toList();
    }

    Optional<StreamView> find(String stream) {
        return all().stream().filter(view -> view.stream().equals(stream)).findFirst();
    }

    private Map<String, Long> dropped() {
        var dropped = new HashMap<String, Long>();
        for (RtspServerStats.StreamStats each : rtspServer.stats().streams()) {
            dropped.put(each.stream(), each.droppedUnits());
        }
        return dropped;
    }
}
