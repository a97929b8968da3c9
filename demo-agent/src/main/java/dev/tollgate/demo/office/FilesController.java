package dev.tollgate.demo.office;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
@RequestMapping("/office/files")
class FilesController {
  record Content(String content) {
    Content {
      Inputs.text("content", content, 100_000);
    }
  }

  record NamedFile(String name, String content) {}

  private final FileShelf shelf;

  FilesController(FileShelf shelf) {
    this.shelf = shelf;
  }

  @GetMapping("/{name}")
  NamedFile read(@PathVariable String name) {
    return shelf
        .read(name)
        .map(content -> new NamedFile(name, content))
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no such file"));
  }

  @PutMapping("/{name}")
  ResponseEntity<NamedFile> write(@PathVariable String name, @RequestBody Content body) {
    boolean isNew = shelf.write(Inputs.fileName(name), body.content());
    return ResponseEntity.status(isNew ? HttpStatus.CREATED : HttpStatus.OK)
        .body(new NamedFile(name, body.content()));
  }
}
