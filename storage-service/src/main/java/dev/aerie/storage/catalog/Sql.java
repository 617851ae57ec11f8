package dev.aerie.storage.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// One SQL statement; its parameters are given in the order of its question marks.
public record Sql(String text) {

    /// Converts the current row of a result into a record.
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /// Runs a change and returns the number of changed rows.
    public int update(Connection connection, Object... parameters) throws SQLException {
        try (var statement = prepare(connection, parameters)) {
            return statement.executeUpdate();
        }
    }

    /// Runs a query and returns its rows in order.
    public <T> List<T> list(Connection connection, Row<T> row, Object... parameters) throws SQLException {
        try (var statement = prepare(connection, parameters);
                var result = statement.executeQuery()) {
            var rows = new ArrayList<T>();
            while (result.next()) {
                rows.add(row.read(result));
            }
            return rows;
        }
    }

    private PreparedStatement prepare(Connection connection, Object... parameters) throws SQLException {
        var statement = connection.prepareStatement(text);
        try {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }
}
