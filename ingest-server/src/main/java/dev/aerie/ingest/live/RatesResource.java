package dev.aerie.ingest.live;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/// `GET /api/results/rates`: messages per second by exchange.
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
