variable "bus" {}
variable "role" {}

resource "aws_lambda_function" "slack" {
  function_name = "slack"
  role          = var.role
  handler       = "slack.handler"
  runtime       = "nodejs22.x"
  filename      = "slack.zip"
}

resource "aws_cloudwatch_event_rule" "everything" {
  name           = "everything"
  event_bus_name = var.bus
  event_pattern  = jsonencode({ source = ["com.shop"] })
}

resource "aws_cloudwatch_event_target" "everything" {
  rule           = aws_cloudwatch_event_rule.everything.name
  event_bus_name = var.bus
  target_id      = "slack"
  arn            = aws_lambda_function.slack.arn
  input_transformer {
    input_paths    = { id = "$.detail.orderId", total = "$.detail.total" }
    input_template = "{\"text\":\"Order <id> for <total> EUR\"}"
  }
}
