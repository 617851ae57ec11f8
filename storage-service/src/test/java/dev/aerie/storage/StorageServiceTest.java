package dev.aerie.storage;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.aerie.EndpointList;
import dev.aerie.ExposedMetrics;
import dev.aerie.GuardedDoors;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.service.metrics.StreamGauges;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The service as it is started, with a broker that is away: the port of the URL is one that nobody listens on.
@QuarkusTest
@TestProfile(StorageServiceTest.BrokerAway.class)
final class StorageServiceTest {

    @Inject
    StreamGauges<?> gauges;

    public static final class BrokerAway implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                return Map.of(
                        "storage.rabbitmq-url",
                        "amqp://127.0.0.1:1",
                        "storage.path",
                        Files.createTempDirectory("aerie-archive").toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void endpoints_allOfThem_haveARole() throws IOException {
        EndpointList.isComplete(RestAssured.port, "nobody:");
    }

    @Test
    void doors_forPagesOfOtherSites_areShut() throws IOException {
        GuardedDoors.areShutAt(RestAssured.port);
    }

    @Test
    void readiness_brokerAway_isDownAndSaysThatTheArchiveIsFine() throws InterruptedException {
        String check = "checks.find { it.name == 'storage-service' }.data.";
        Eventually.holds(
                "the index is opened",
                Duration.ofSeconds(20),
                () -> given().get("/q/health/ready")
                        .jsonPath()
                        .getString(check + "index")
                        .equals("fine"));
        given().get("/q/health/ready")
                .then()
                .statusCode(503)
                .body("status", equalTo("DOWN"))
                .body(check + "disk", equalTo("fine"));
    }

    @Test
    void liveness_brokerAway_isUp() {
        given().get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
        given().get("/health/live").then().statusCode(200).body("status", equalTo("UP"));
    }

    @Test
    void metrics_areThoseOfTheFile() throws IOException {
        String scraped = given().get("/q/metrics").asString();

        ExposedMetrics.areThoseOf("storage-service", scraped, gauges.names());
    }

    @Test
    void metrics_areThere() {
        given().get("/q/metrics").then().statusCode(200).body(containsString("aerie_segments_written_total"));
    }
}
