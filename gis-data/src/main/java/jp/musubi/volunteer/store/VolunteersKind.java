package jp.musubi.volunteer.store;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jp.musubi.common.BilingualText;
import jp.musubi.inbox.Column;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportKind;
import jp.musubi.inbox.Row;
import jp.musubi.inbox.RowInterpreter;
import jp.musubi.inbox.RowStore;
import jp.musubi.volunteer.VolunteerRow;
import jp.musubi.volunteer.VolunteerRows;
import org.springframework.stereotype.Component;

/** Files of volunteers. */
@Component
class VolunteersKind implements ImportKind<VolunteerRow> {

    private final JdbcVolunteers volunteers;

    VolunteersKind(JdbcVolunteers volunteers) {
        this.volunteers = volunteers;
    }

    @Override
    public String name() {
        return "volunteers";
    }

    @Override
    public BilingualText title() {
        return BilingualText.of("ボランティア", "Volunteers");
    }

    @Override
    public List<Column> columns() {
        return VolunteerRows.COLUMNS;
    }

    @Override
    public Optional<String> externalId(Row row) {
        return VolunteerRows.externalId(row);
    }

    @Override
    public RowInterpreter<VolunteerRow> interpreter(ImportContext context) {
        LocalDate today = context.now().atZone(context.response().zone()).toLocalDate();
        return row -> VolunteerRows.interpret(row, today);
    }

    @Override
    public RowStore<VolunteerRow> store() {
        return volunteers;
    }
}
