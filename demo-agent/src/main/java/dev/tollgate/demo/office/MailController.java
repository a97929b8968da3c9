package dev.tollgate.demo.office;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/office/mail")
class MailController {
  record Draft(String to, String subject, String body) {
    Draft {
      Inputs.text("to", to, 200);
      Inputs.text("subject", subject, 200);
      Inputs.text("body", body, 20_000);
    }
  }

  private final Mailbox mailbox;

  MailController(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  @GetMapping("/inbox")
  List<Mail> inbox() {
    return mailbox.inbox();
  }

  @PostMapping("/messages")
  @ResponseStatus(HttpStatus.CREATED)
  Mail send(@RequestBody Draft draft) {
    return mailbox.send(draft.to(), draft.subject(), draft.body());
  }
}
