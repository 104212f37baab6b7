package jp.musubi.response.store;

import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.ListCrudRepository;

interface ResponseRepository extends ListCrudRepository<ResponseEntity, Long> {

    Optional<ResponseEntity> findByCode(String code);

    List<ResponseEntity> findAllByOrderByIdDesc();
}
