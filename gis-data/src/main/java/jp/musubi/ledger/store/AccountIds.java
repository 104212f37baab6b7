package jp.musubi.ledger.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jp.musubi.common.store.IdBlocks;
import jp.musubi.ledger.Account;
import jp.musubi.ledger.AccountKind;
import jp.musubi.response.ResponseId;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The ids of accounts; makes accounts that are missing. Accounts never change, so what was committed is remembered. */
@Component
class AccountIds {

    private static final int MOST_REMEMBERED = 200_000;

    private record Key(ResponseId response, Account account) {}

    private final JdbcTemplate jdbc;
    private final NamedParameterJdbcTemplate named;
    private final IdBlocks ids;
    private final Map<Key, Long> remembered = new ConcurrentHashMap<>();

    AccountIds(JdbcTemplate jdbc, NamedParameterJdbcTemplate named, IdBlocks ids) {
        this.jdbc = jdbc;
        this.named = named;
        this.ids = ids;
    }

    /** The id of each account, made if it is not there yet. */
    Map<Account, Long> of(ResponseId response, Collection<? extends Account> accounts) {
        Map<Account, Long> found = new HashMap<>();
        Set<Account> missing = new HashSet<>();
        for (Account account : accounts) {
            Long id = remembered.get(new Key(response, account));
            if (id == null) {
                missing.add(account);
            } else {
                found.put(account, id);
            }
        }
        if (missing.isEmpty()) {
            return found;
        }
        Map<Account, Long> read = new HashMap<>(read(response, missing));
        missing.removeAll(read.keySet());
        if (!missing.isEmpty()) {
            List<Object[]> rows = missing.stream()
                    .sorted((a, b) -> a.kind() == b.kind()
                            ? Long.compare(a.ref(), b.ref())
                            : a.kind().compareTo(b.kind()))
                    .map(account -> new Object[] {
                        ids.next("account_id_block"),
                        response.value(),
                        account.kind().name(),
                        account.ref()
                    })
                    .toList();
            jdbc.batchUpdate(
                    "INSERT INTO account (id, response_id, kind, ref_id) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    rows);
            read.putAll(read(response, missing));
        }
        rememberOnceCommitted(response, read);
        found.putAll(read);
        return found;
    }

    private Map<Account, Long> read(ResponseId response, Set<Account> accounts) {
        Map<AccountKind, List<Long>> refs = new EnumMap<>(AccountKind.class);
        accounts.forEach(account ->
                refs.computeIfAbsent(account.kind(), kind -> new ArrayList<>()).add(account.ref()));
        Map<Account, Long> read = new HashMap<>();
        refs.forEach((kind, list) -> {
            for (int from = 0; from < list.size(); from += 1000) {
                named.query(
                        "SELECT id, ref_id FROM account"
                                + " WHERE response_id = :response AND kind = :kind AND ref_id IN (:refs)",
                        new MapSqlParameterSource()
                                .addValue("response", response.value())
                                .addValue("kind", kind.name())
                                .addValue("refs", list.subList(from, Math.min(from + 1000, list.size()))),
                        row -> {
                            read.put(Account.of(kind, row.getLong("ref_id")), row.getLong("id"));
                        });
            }
        });
        return read;
    }

    private void rememberOnceCommitted(ResponseId response, Map<Account, Long> read) {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    if (remembered.size() > MOST_REMEMBERED) {
                        remembered.clear();
                    }
                    read.forEach((account, id) -> remembered.put(new Key(response, account), id));
                }
            });
        }
    }
}
