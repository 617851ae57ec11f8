package dev.aerie.service.web;

import dev.aerie.service.config.ServiceConfig;
import java.time.Duration;

/// How much of HTTP clients may take at once; further requests are refused.
///
/// - `requests`: under way, of all clients
/// - `requestsPerAddress`: under way, of one address, or one IPv6 network
/// - `connectionsPerAddress`: open, of one address
/// - `body`: the whole head of a request comes within this time of its first byte, and its body within this time of its
///   head, or its connection is closed
public record HttpLimits(int requests, int requestsPerAddress, int connectionsPerAddress, Duration body) {

    public static HttpLimits of(ServiceConfig config) {
        return new HttpLimits(
                config.httpRequests(),
                config.httpRequestsPerAddress(),
                config.httpConnectionsPerAddress(),
                config.httpBodyTimeout());
    }
}
