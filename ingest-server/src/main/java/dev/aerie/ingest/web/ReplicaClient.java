package dev.aerie.ingest.web;

import dev.aerie.service.web.ProblemException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Sends a request to a service's replicas, one after the other until one works on the stream (the others answer
/// 404), and returns its response unchanged. The caller's user and password are passed on.
abstract class ReplicaClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int NOT_FOUND = 404;

    private final String service;
    private final String setting;
    private final List<String> baseUrls;
    private final Resolver resolver;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    /// The addresses of a host.
    interface Resolver {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /// - `setting`: the variable that names the replicas
    /// - `baseUrls`: empty for an unknown service; an `http` URL is as many as its host has addresses
    ReplicaClient(String service, String setting, List<String> baseUrls, Resolver resolver) {
        this.service = service;
        this.setting = setting;
        this.baseUrls = List.copyOf(baseUrls);
        this.resolver = resolver;
    }

    /// Throws [ProblemException]: 503 where no replica is known, 502 where none answers.
    ///
    /// - `path`: begins with `/`
    /// - `authorization`: the header as it came, null without one
    final Response send(String method, String path, String json, @Nullable String authorization) {
        if (baseUrls.isEmpty()) {
            throw ProblemException.unavailable(
                    "no " + service + " is known to this server: set " + setting + ", or ask the " + service);
        }
        Optional<Response> unknown = Optional.empty();
        for (URI replica : replicas()) {
            try {
                Response answer = ask(replica.resolve(replica.getPath() + path), method, json, authorization);
                if (answer.getStatus() != NOT_FOUND) {
                    return answer;
                }
                unknown = Optional.of(answer);
            } catch (IOException _) {
                // try the next
            }
        }
        return unknown.orElseThrow(() -> ProblemException.badGateway("the " + service + " does not answer"));
    }

    @Override
    public final void close() {
        http.close();
    }

    private Response ask(URI url, String method, String json, @Nullable String authorization) throws IOException {
        var request = HttpRequest.newBuilder(url)
                .timeout(TIMEOUT)
                .header("Content-Type", MediaType.APPLICATION_JSON)
                .method(method, HttpRequest.BodyPublishers.ofString(json));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try {
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return Response.status(answer.statusCode())
                    .type(answer.headers().firstValue("Content-Type").orElse(MediaType.APPLICATION_OCTET_STREAM))
                    .entity(answer.body())
                    .build();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.unavailable("the server stops");
        }
    }

    /// Without the slashes at the end.
    private List<URI> replicas() {
        var replicas = new ArrayList<URI>();
        for (String base : baseUrls) {
            URI named = URI.create(base.strip().replaceAll("/+$", ""));
            replicas.addAll(named.getScheme().equals("http") ? spread(named) : List.of(named));
        }
        return replicas;
    }

    /// The same at each of the host's addresses; as it is where the host has one or is not known.
    private List<URI> spread(URI named) {
        try {
            InetAddress[] addresses = resolver.addresses(named.getHost());
            return addresses.length < 2
                    ? List.of(named)
                    : Arrays.stream(addresses).map(one -> at(named, one)).toList();
        } catch (UnknownHostException _) {
            return List.of(named);
        }
    }

    private static URI at(URI named, InetAddress address) {
        String text = address.getHostAddress();
        String host = text.contains(":") ? "[" + text.replaceAll("%.*", "") + "]" : text;
        String port = named.getPort() < 0 ? "" : ":" + named.getPort();
        return URI.create("http://" + host + port + named.getRawPath());
    }
}
