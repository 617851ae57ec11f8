package dev.aerie.slam;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.aerie.EndpointList;
import dev.aerie.ExposedMetrics;
import dev.aerie.GuardedDoors;
import dev.aerie.service.metrics.StreamGauges;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The service as it is started, with a broker that is away: the port of the URL is one that nobody listens on.
@QuarkusTest
@TestProfile(SlamServiceTest.BrokerAway.class)
final class SlamServiceTest {

    @Inject
    StreamGauges<?> gauges;

    public static final class BrokerAway implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "slam.rabbitmq-url", "amqp://127.0.0.1:1",
                    "slam.username", "ops",
                    "slam.password", "secret");
        }
    }

    @Test
    void endpoints_allOfThem_haveARole() throws IOException {
        EndpointList.isComplete(RestAssured.port, "ops:secret");
    }

    @Test
    void doors_forPagesOfOtherSites_areShut() throws IOException {
        GuardedDoors.areShutAt(RestAssured.port);
    }

    @Test
    void readiness_brokerAway_isDown() {
        given().get("/q/health/ready")
                .then()
                .statusCode(503)
                .body("checks.find { it.name == 'slam-service' }.status", equalTo("DOWN"));
    }

    @Test
    void liveness_brokerAway_isUp() {
        given().get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
        given().get("/health/live").then().statusCode(200).body("status", equalTo("UP"));
    }

    @Test
    void anything_withoutCredentials_isRefusedWithAProblem() {
        given().get("/api/streams/drone/map")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", containsString("Basic"));
    }

    @Test
    void everything_unknownStream_isAProblemThatNamesIt() {
        for (String path : new String[] {"trajectory?format=tum", "keyframes", "keyframes/7.jpg", "map", "dense"}) {
            known().get("/api/streams/drone/" + path)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .body("detail", containsString("drone"));
        }
        known().post("/api/streams/drone/reset").then().statusCode(404);
    }

    @Test
    void metrics_andOpenApi_areThere() {
        known().get("/q/metrics").then().statusCode(200).body(containsString("aerie_slam_keyframes_written_total"));
        known().get("/q/openapi").then().statusCode(200).body(containsString("/api/streams/{stream}/trajectory"));
    }

    @Test
    void metrics_areThoseOfTheFile() throws IOException {
        String scraped = known().get("/q/metrics").asString();

        ExposedMetrics.areThoseOf("slam-service", scraped, gauges.names());
    }

    private static RequestSpecification known() {
        return given().auth().preemptive().basic("ops", "secret");
    }
}
