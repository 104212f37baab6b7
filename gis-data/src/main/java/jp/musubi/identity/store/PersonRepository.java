package jp.musubi.identity.store;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

interface PersonRepository extends JpaRepository<PersonEntity, Long> {

    Optional<PersonEntity> findByLogin(String login);

    List<PersonEntity> findAllByOrderByLogin();
}
