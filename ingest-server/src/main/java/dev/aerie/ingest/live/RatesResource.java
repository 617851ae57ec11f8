package dev.aerie.ingest.live;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/// `GET /api/results/rates`: how many messages a second each exchange brings.
@Path("/api/results/rates")
public final class RatesResource {

    private final ResultHub hub;

    RatesResource(ResultHub hub) {
        this.hub = hub;
    }

    @GET
    public ResultHub.RatesReport rates() {
        return hub.report();
    }
}
