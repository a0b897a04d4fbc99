/**
 * The events of AWS services, by source: their detail-types, as the schema registry `aws.events` lists them. From @aws-cdk/aws-service-spec
 * 0.1.216. The registry does not list all events, so what is missing here is not wrong.
 */
const awsEvents: Readonly<Record<string, string>> = {
  'aws.a4b': 'Alexa for Business Room State Change',
  'aws.acm':
    'ACM Certificate Approaching Expiration|ACM Certificate Available|ACM Certificate Expired|ACM Certificate Renewal Action Required|ACM Certificate Revoked|ACM Certificate Revoked by Certificate Authority (CA)',
  'aws.aidevops':
    'Investigation Cancelled|Investigation Completed|Investigation Created|Investigation Failed|Investigation In Progress|Investigation Linked|Investigation Pending Triage|Investigation Priority Updated|Investigation Timed Out|Mitigation Cancelled|Mitigation Completed|Mitigation Failed|Mitigation In Progress|Mitigation Timed Out',
  'aws.airflow': 'MWAA Environment Status Change',
  'aws.application-cost-profiler':
    'AWS API Call via CloudTrail|Application Cost Profiler Ingestion Data Access Failure|Application Cost Profiler Ingestion Data Validation Failure|Application Cost Profiler Report Delivery Failure|Application Cost Profiler Report Generated',
  'aws.appmesh': 'AWS Service Event via CloudTrail',
  'aws.athena': 'Athena Query State Change',
  'aws.autoscaling':
    'AWS API Call via CloudTrail|EC2 Instance Launch Successful|EC2 Instance Launch Unsuccessful|EC2 Instance Terminate Successful|EC2 Instance Terminate Unsuccessful|EC2 Instance-launch Lifecycle Action|EC2 Instance-terminate Lifecycle Action',
  'aws.b2bi': 'Acknowledgement Completed|Acknowledgement Failed|Transformation Completed|Transformation Failed',
  'aws.batch': 'AWS API Call via CloudTrail|Batch Job State Change',
  'aws.bcm-dashboards': 'Billing and Cost Management Dashboard Schedule Report Created',
  'aws.chime': 'Chime VoiceConnector Streaming Status',
  'aws.cloudformation': 'CloudFormation Hook Invocation Progress',
  'aws.cloudshell': 'AWS API Call via CloudTrail',
  'aws.cloudwatch': 'CloudWatch Alarm Configuration Change|CloudWatch Alarm State Change',
  'aws.codebuild':
    'AWS API Call via CloudTrail|AWS Service Event via CloudTrail|CodeBuild Build Phase Change|CodeBuild Build State Change',
  'aws.codecommit':
    'AWS API Call via CloudTrail|CodeCommit Approval Rule Template Change|CodeCommit Comment on Commit|CodeCommit Comment on Pull Request|CodeCommit Pull Request State Change|CodeCommit Repository State Change',
  'aws.codedeploy': 'CodeDeploy Deployment State-change Notification|CodeDeploy Instance State-change Notification',
  'aws.codeguru-profiler': 'CodeGuru Profiler Recommendations State Change',
  'aws.codepipeline':
    'CodePipeline Action Execution State Change|CodePipeline Pipeline Execution State Change|CodePipeline Stage Execution State Change',
  'aws.connect':
    'Amazon Connect Contact Event|Contact Lens Post Call Rules Matched|Contact Lens Realtime Rules Matched',
  'aws.dataexchange':
    'Data Set Update Delayed|Data Updated in Data Set|Deprecation Planned for Data Set|Schema Change Planned for Data Set',
  'aws.datasync':
    'DataSync Agent State Change|DataSync Location State Change|DataSync Task Execution State Change|DataSync Task State Change',
  'aws.deadline': 'Fleet Size Recommendation Change',
  'aws.devops-guru':
    'DevOps Guru Insight Closed|DevOps Guru Insight Severity Upgraded|DevOps Guru New Anomaly Association|DevOps Guru New Insight Open|DevOps Guru New Recommendation Created',
  'aws.dlm': 'AWS API Call via CloudTrail|DLM Policy State Change',
  'aws.ec2':
    'AWS API Call via CloudTrail|EBS Multi-Volume Snapshots Completion Status|EBS Snapshot Notification|EBS Volume Notification|EC2 Fast Launch State-change Notification|EC2 Instance State-change Notification|EC2 Spot Instance Interruption Warning',
  'aws.ec2fleet':
    'EC2 Fleet Error|EC2 Fleet Information|EC2 Fleet Instance Change|EC2 Fleet Spot Instance Request Change|EC2 Fleet State Change',
  'aws.ec2spotfleet':
    'EC2 Spot Fleet Error|EC2 Spot Fleet Information|EC2 Spot Fleet Instance Change|EC2 Spot Fleet Spot Instance Request Change|EC2 Spot Fleet State Change',
  'aws.ecr':
    'AWS API Call via CloudTrail|ECR Image Action|ECR Image Scan|ECR Pull Through Cache Action|ECR Referrer Action|ECR Replication Action',
  'aws.ecs': 'AWS API Call via CloudTrail|ECS Container Instance State Change|ECS Service Action|ECS Task State Change',
  'aws.elasticache':
    'Cache Created|Cache Creation Failed|Cache Deleted|Cache Limit Approaching|Cache Update Failed|Cache Updated|Snapshot Copy Failed|Snapshot Created|Snapshot Creation Failed|Snapshot Export Failed',
  'aws.elasticloadbalancing': 'AWS API Call via CloudTrail',
  'aws.emr':
    'EMR Auto Scaling Policy State Change|EMR Cluster State Change|EMR Configuration Error|EMR Instance Fleet State Change|EMR Instance Group State Change|EMR Instance Group Status Notification|EMR Step Status Change',
  'aws.events': 'Scheduled Event',
  'aws.fis': 'FIS Experiment State Change',
  'aws.gamelift': 'GameLift Matchmaking Event|GameLift Queue Placement Event',
  'aws.geo': 'Location Device Position Event|Location Geofence Event',
  'aws.glue':
    'AWS API Call via CloudTrail|Glue Data Catalog Database State Change|Glue Data Catalog Table State Change|Glue Job Run Status|Glue Job State Change',
  'aws.guardduty':
    'GuardDuty Finding|GuardDuty Malware Protection Object Scan Result|GuardDuty Malware Protection Post Scan Action Failed|GuardDuty Malware Protection Resource Status Active|GuardDuty Malware Protection Resource Status Error|GuardDuty Malware Protection Resource Status Warning',
  'aws.health': 'AWS Health Abuse Event|AWS Health Event',
  'aws.healthlake':
    'Data Store Active|Data Store Creating|Data Store Deleted|Data Store Deleting|Export Job Completed|Export Job Completed With Errors|Export Job Failed|Export Job In Progress|Export Job Submitted|Import Job Completed|Import Job Completed With Errors|Import Job Failed|Import Job In Progress|Import Job Submitted',
  'aws.imagebuilder':
    'EC2 Image Builder CVE Detected|EC2 Image Builder Image State Change|EC2 Image Builder Workflow Step Waiting',
  'aws.iotanalytics': 'AWS API Call via CloudTrail|IoT Analytics DataSet Lifecycle Notification',
  'aws.ivs': 'IVS Limit Breach|IVS Recording State Change|IVS Stream Health Change|IVS Stream State Change',
  'aws.kms': 'AWS API Call via CloudTrail|KMS CMK Deletion|KMS CMK Rotation|KMS Imported Key Material Expiration',
  'aws.logs': 'AWS API Call via CloudTrail',
  'aws.macie': 'Macie Alert',
  'aws.managedblockchain': 'Managed Blockchain Invitation Status Change|Managed Blockchain Proposal Status Change',
  'aws.marketplacecatalog': 'Change Set Cancelled|Change Set Failed|Change Set Succeeded',
  'aws.medialive':
    'MediaLive Channel Alert|MediaLive Channel Input Change|MediaLive Channel State Change|MediaLive Multiplex Alert|MediaLive Multiplex State Change',
  'aws.mediapackage':
    'MediaPackage HarvestJob Notification|MediaPackage Input Notification|MediaPackage Key Provider Notification',
  'aws.medical-imaging':
    'Data Store Created|Data Store Creating|Data Store Creation Failed|Data Store Deleted|Data Store Deleting|Image Set Copied|Image Set Copy Failed|Image Set Copying|Image Set Copying With Read Only Access|Image Set Created|Image Set Deleted|Image Set Deleting|Image Set Update Failed|Image Set Updated|Image Set Updating|Import Job Completed|Import Job Failed|Import Job In Progress|Import Job Submitted',
  'aws.mgn':
    'MGN Source Server Data Replication Stalled Change|MGN Source Server Launch Result|MGN Source Server Lifecycle State Change',
  'aws.monitoring': 'AWS API Call via CloudTrail',
  'aws.network-firewall':
    'Firewall Attachment Status Changed|Firewall Configuration Changed|Firewall Transit Gateway Attachment Status Changed',
  'aws.networkmanager': 'Network Manager Policy Update|Network Manager Segment Update',
  'aws.omics':
    'Annotation Import Job Status Change|Annotation Store Status Change|Read Set Activation Job Status Change|Read Set Export Job Status Change|Read Set Import Job Status Change|Read Set Status Change|Reference Import Job Status Change|Reference Status Change|Reference Store Status Change|Run Status Change|S3 Access Policy Status Change|Sequence Store Status Change|Task Status Change|Variant Import Job Status Change|Variant Store Status Change|Workflow Status Change',
  'aws.opsworks':
    'OpsWorks Alert|OpsWorks Command State Change|OpsWorks Deployment State Change|OpsWorks Instance State Change',
  'aws.organizations': 'AWS Service Event via CloudTrail',
  'aws.qldb': 'QLDB Ledger State Change',
  'aws.rds':
    'RDS DB Cluster Event|RDS DB Cluster Snapshot Event|RDS DB Instance Event|RDS DB Parameter Group Event|RDS DB Proxy Event|RDS DB Security Group Event|RDS DB Snapshot Event',
  'aws.redshift-data': 'Redshift Data Statement Status Change',
  'aws.route53-recovery-readiness':
    'Route 53 Application Recovery Controller cell readiness status change|Route 53 Application Recovery Controller readiness check status change|Route 53 Application Recovery Controller recovery group readiness status change',
  'aws.route53resolver': 'DNS Firewall Alert|DNS Firewall Block',
  'aws.s3':
    'AWS API Call via CloudTrail|Object ACL Updated|Object Access Tier Changed|Object Created|Object Deleted|Object Restore Completed|Object Restore Expired|Object Restore Initiated|Object Storage Class Changed|Object Tags Added|Object Tags Deleted',
  'aws.sagemaker':
    'AWS API Call via CloudTrail|SageMaker Algorithm State Change|SageMaker Endpoint Config State Change|SageMaker Endpoint State Change|SageMaker Ground Truth Labeling Job Task Status Change|SageMaker HyperParameter Tuning Job State Change|SageMaker Model Building Pipeline Execution Status Change|SageMaker Model Building Pipeline Execution Step Status Change|SageMaker Model Package State Change|SageMaker Model State Change|SageMaker Notebook Instance State Change|SageMaker Notebook Lifecycle Config State Change|SageMaker Training Job State Change|SageMaker Transform Job State Change',
  'aws.schemas': 'AWS API Call via CloudTrail|Schema Created|Schema Version Created',
  'aws.security-ir':
    'Case Closed|Case Comment Created|Case Comment Updated|Case Created|Case Updated|Membership Cancelled|Membership Created|Membership Terminated|Membership Updated',
  'aws.securityhub':
    'Security Hub Findings - Custom Action|Security Hub Findings - Imported|Security Hub Insight Results',
  'aws.ses': 'Advisor Recommendation Status Open|Advisor Recommendation Status Resolved',
  'aws.signin': 'AWS Console Sign In via CloudTrail',
  'aws.ssm': 'Calendar State Change',
  'aws.states': 'AWS API Call via CloudTrail|Step Functions Execution Status Change',
  'aws.storagegateway':
    'Storage Gateway File Upload Event|Storage Gateway Object Upload Event|Storage Gateway Refresh Cache Event',
  'aws.supplychain': 'AWS Supply Chain Data Integration Status Change',
  'aws.swf': 'Simple Workflow Execution State Change',
  'aws.synthetics':
    'Synthetics Canary Status Change|Synthetics Canary TestRun Failure|Synthetics Canary TestRun Successful',
  'aws.tag': 'Tag Change on Resource',
  'aws.transcribe': 'AWS API Call via CloudTrail|Call Analytics Job State Change|Transcribe Job State Change',
  'aws.transfer':
    'AS2 MDN Receive Completed|AS2 MDN Receive Failed|AS2 MDN Send Completed|AS2 MDN Send Failed|AS2 Payload Receive Completed|AS2 Payload Receive Failed|AS2 Payload Send Completed|AS2 Payload Send Failed|FTP Server Directory Create Completed|FTP Server Directory Create Failed|FTP Server Directory Delete Completed|FTP Server Directory Delete Failed|FTP Server File Delete Completed|FTP Server File Delete Failed|FTP Server File Download Completed|FTP Server File Download Failed|FTP Server File Rename Completed|FTP Server File Rename Failed|FTP Server File Upload Completed|FTP Server File Upload Failed|FTPS Server Directory Create Completed|FTPS Server Directory Create Failed|FTPS Server Directory Delete Completed|FTPS Server Directory Delete Failed|FTPS Server File Delete Completed|FTPS Server File Delete Failed|FTPS Server File Download Completed|FTPS Server File Download Failed|FTPS Server File Rename Completed|FTPS Server File Rename Failed|FTPS Server File Upload Completed|FTPS Server File Upload Failed|SFTP Connector Directory Listing Completed|SFTP Connector Directory Listing Failed|SFTP Connector File Retrieve Completed|SFTP Connector File Retrieve Failed|SFTP Connector File Send Completed|SFTP Connector File Send Failed|SFTP Connector Remote Delete Completed|SFTP Connector Remote Delete Failed|SFTP Connector Remote Move Completed|SFTP Connector Remote Move Failed|SFTP Server Directory Create Completed|SFTP Server Directory Create Failed|SFTP Server Directory Delete Completed|SFTP Server Directory Delete Failed|SFTP Server File Delete Completed|SFTP Server File Delete Failed|SFTP Server File Download Completed|SFTP Server File Download Failed|SFTP Server File Rename Completed|SFTP Server File Rename Failed|SFTP Server File Upload Completed|SFTP Server File Upload Failed',
  'aws.translate': 'Translate Parallel Data State Change|Translate TextTranslationJob State Change',
  'aws.trustedadvisor': 'Trusted Advisor Check Item Refresh Notification',
  'aws.voiceid':
    'VoiceId Batch Fraudster Registration Action|VoiceId Batch Speaker Enrollment Action|VoiceId Evaluate Session Action|VoiceId Fraudster Action|VoiceId Session Speaker Enrollment Action|VoiceId Speaker Action|VoiceId Start Session Action|VoiceId Update Session Action',
  'aws.wellarchitected': 'AWS API Call via CloudTrail',
  'aws.workspaces': 'WorkSpaces Access',
  'aws.xray': 'AWS X-Ray Insight Update',
};

/** The detail-types that are listed for a source. */
export function detailTypesOf(source: string): readonly string[] {
  return Object.hasOwn(awsEvents, source) ? (awsEvents[source] as string).split('|') : [];
}
