package dev.aerie.ingest.web;

import dev.aerie.ingest.rtsp.RtspServer;
import dev.aerie.ingest.rtsp.RtspServerStats;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// `GET /rtsp/status`.
@Path("/rtsp/status")
final class StatusResource {

    private final RtspServer rtspServer;
    private final StreamViews views;
    private final PublicRelayAddress address;

    StatusResource(RtspServer rtspServer, StreamViews views, PublicRelayAddress address) {
        this.rtspServer = rtspServer;
        this.views = views;
        this.address = address;
    }

    @GET
    public RelayStatus status() {
        var stats = rtspServer.stats();
        var byName = stats.streams().stream()
                .collect(Collectors.toMap(RtspServerStats.StreamStats::stream, Function.identity()));
        var streams = views.all().stream()
                .map(view -> new RelayStatus.RelayedStream(
                        view, byName.containsKey(view.stream()) ? readers(byName.get(view.stream())) : List.of()))
                .toList();
        return new RelayStatus(
                stats.running(),
                address.urlOfDefault(),
                stats.queuedUnits(),
                stats.threadsAlive(),
                address.relay(),
                stats.connections(),
                stats.malformedMessages(),
                streams);
    }

    private static List<RelayStatus.ReaderView> readers(RtspServerStats.StreamStats stream) {
        return stream.readers().stream()
                .map(reader -> new RelayStatus.ReaderView(
                        reader.remoteAddress(),
                        reader.transport(),
                        reader.sentBytes(),
                        reader.droppedUnits(),
                        reader.resumes(),
                        reader.queuedBytes(),
                        reader.ageMillis()))
                .toList();
    }
}
