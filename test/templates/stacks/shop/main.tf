# What terraform.json was made of: terraform plan -out plan && terraform show -json plan
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region                      = "us-east-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

variable "stage" {
  default = "dev"
}

resource "aws_cloudwatch_event_bus" "orders" {
  name        = "${var.stage}-orders"
  description = "Everything about orders"
}

resource "aws_cloudwatch_event_permission" "partner" {
  event_bus_name = aws_cloudwatch_event_bus.orders.name
  statement_id   = "partner"
  principal      = "111122223333"
}

resource "aws_cloudwatch_event_archive" "orders" {
  name             = "orders"
  description      = "All orders of a week"
  event_source_arn = aws_cloudwatch_event_bus.orders.arn
  retention_days   = 7
  event_pattern    = jsonencode({ source = ["com.shop"] })
}

resource "aws_sqs_queue" "bill_dlq" {
  name = "bill-dlq"
}

resource "aws_iam_role" "shop" {
  name               = "shop"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_lambda_function" "bill" {
  function_name = "bill"
  role          = aws_iam_role.shop.arn
  handler       = "bill.handler"
  runtime       = "nodejs22.x"
  filename      = "bill.zip"
  environment {
    variables = { BUS_NAME = aws_cloudwatch_event_bus.orders.name }
  }
}

resource "aws_cloudwatch_event_rule" "big_order" {
  name           = "big-order"
  event_bus_name = aws_cloudwatch_event_bus.orders.name
  event_pattern = jsonencode({
    source        = ["com.shop"]
    "detail-type" = ["Order Placed"]
    detail        = { total = [{ numeric = [">", 100] }] }
  })
}

resource "aws_cloudwatch_event_target" "big_order" {
  rule           = aws_cloudwatch_event_rule.big_order.name
  event_bus_name = aws_cloudwatch_event_bus.orders.name
  target_id      = "bill"
  arn            = aws_lambda_function.bill.arn
  retry_policy {
    maximum_retry_attempts       = 3
    maximum_event_age_in_seconds = 3600
  }
  dead_letter_config {
    arn = aws_sqs_queue.bill_dlq.arn
  }
}

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "nightly"
  description         = "Closes the day"
  schedule_expression = "cron(0 3 * * ? *)"
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule      = aws_cloudwatch_event_rule.nightly.name
  target_id = "bill"
  arn       = aws_lambda_function.bill.arn
  input     = jsonencode({ task = "close the day" })
}

module "slack" {
  source = "./slack"
  bus    = aws_cloudwatch_event_bus.orders.name
  role   = aws_iam_role.shop.arn
}

resource "aws_cloudwatch_event_rule" "returns" {
  name           = "returns"
  event_bus_name = aws_cloudwatch_event_bus.orders.name
  state          = "DISABLED"
  event_pattern  = jsonencode({ "detail-type" = ["Order Returned"] })
}

resource "aws_cloudwatch_event_target" "returns" {
  rule           = aws_cloudwatch_event_rule.returns.name
  event_bus_name = aws_cloudwatch_event_bus.orders.name
  target_id      = "bill"
  arn            = aws_lambda_function.bill.arn
}

resource "aws_cloudwatch_event_connection" "partner" {
  name               = "partner"
  authorization_type = "API_KEY"
  auth_parameters {
    api_key {
      key   = "x-api-key"
      value = "secret"
    }
  }
}

resource "aws_cloudwatch_event_api_destination" "partner_hook" {
  name                             = "partner-hook"
  connection_arn                   = aws_cloudwatch_event_connection.partner.arn
  invocation_endpoint              = "https://example.com/orders"
  http_method                      = "POST"
  invocation_rate_limit_per_second = 20
}

resource "aws_cloudwatch_event_rule" "shipped" {
  name           = "shipped"
  event_bus_name = aws_cloudwatch_event_bus.orders.name
  event_pattern  = jsonencode({ "detail-type" = ["Order Shipped"] })
}

resource "aws_cloudwatch_event_target" "shipped" {
  rule           = aws_cloudwatch_event_rule.shipped.name
  event_bus_name = aws_cloudwatch_event_bus.orders.name
  target_id      = "partner"
  arn            = aws_cloudwatch_event_api_destination.partner_hook.arn
  role_arn       = aws_iam_role.shop.arn
  input_path     = "$.detail"
  http_target {
    header_parameters = { "x-shop" = "footbridge" }
  }
}

resource "aws_scheduler_schedule" "weekly" {
  schedule_expression = "rate(7 days)"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = aws_lambda_function.bill.arn
    role_arn = aws_iam_role.shop.arn
  }
}
