package jp.musubi.response.store;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface ResponseRepository extends JpaRepository<ResponseEntity, Long> {

    Optional<ResponseEntity> findByCode(String code);

    @Query("select r from ResponseEntity r order by case when r.closedAt is null then 0 else 1 end, r.id desc")
    List<ResponseEntity> findAllOpenFirst();
}
